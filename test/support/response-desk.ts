import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { excepting } from '../../src/exceptions.ts';
import { slackLogger } from '../../src/log.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { slackClients } from '../../src/slack/clients.ts';
import { socketConnection } from '../../src/slack/connection.ts';
import { people } from '../../src/slack/people.ts';
import { register } from '../../src/slack/register.ts';
import type { Member } from '../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { openStorage } from '../../src/storage/open.ts';
import { respond } from '../../src/use-cases/response/decide.ts';
import { mayDecide } from '../../src/use-cases/response/may-decide.ts';
import type { ResponseNeeds } from '../../src/use-cases/response/needs.ts';
import { takeStep } from '../../src/use-cases/take-step.ts';

export const CHANNEL = 'C0ALERTS';
/** A button that only tests have: opens the form that its value names, for whoever presses it. */
export const OPEN_FORM = 'test.open-form';

/** All that listens to people, on a real Bolt and a real database; nothing is drawn and nothing is carried out. */
export interface ResponseDesk extends AsyncDisposable {
  slack: SlackStandIn;
  storage: Storage;
  /** Forms that can be opened without the check at the press, by name. */
  forms: Map<string, ModalView>;
  /** Resolves when the listener of what this person sends by `act` has come to its end. */
  handled(userId: string, act: () => Promise<unknown>): Promise<void>;
  warnings: string[];
}

interface Cast {
  members: readonly Member[];
  responders: readonly string[];
  approvers: readonly string[];
}

const unused = () => Promise.reject(new Error('nothing is carried out here'));

export async function startResponseDesk({ members, responders, approvers }: Cast): Promise<ResponseDesk> {
  const slack = await startSlack({ enforceRate: false });
  for (const member of members) slack.addPerson(member);
  slack.addChannel({ id: CHANNEL, name: 'alerts', members: members.map(({ id }) => id) });
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-desk-'));
  const storage = await openStorage(`file:${join(folder, 'groupwatch.db')}`, { channel: CHANNEL });
  const warnings: string[] = [];
  const note = (facts: object, message: string): void => {
    warnings.push(`${message} ${JSON.stringify(facts)}`);
  };
  const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: note };
  const clock = { now: Date.now };
  const logger = slackLogger(log);
  const { alerts, audit, exceptions, messages, questions, responses, watches } = storage;
  const { forPeople: web } = slackClients({ token: slack.botToken, slackApiUrl: slack.apiUrl, logger });
  const workspace = { teamId: slack.teamId };
  const who = people({ web, workspace, responders, approvers, channels: () => [CHANNEL], clock, log });
  const asApprover = { denial: who.approverDenial, emailOf: who.emailOf };
  const wake = () => undefined;
  const needs: ResponseNeeds = {
    alerts,
    responses,
    audit,
    approvers: asApprover,
    reader: {
      identity: unused,
      user: unused,
      userId: unused,
      role: unused,
      group: unused,
      administrators: unused,
    },
    sessionsOf: unused,
    membershipBefore: unused,
    settings: {
      mode: 'request',
      expiry: 3_600_000,
      protectedPrincipals: [],
      revokeSessions: true,
      approvable: approvers.length > 0,
    },
    clock,
    log,
    wake,
  };
  const connection = socketConnection({
    appToken: slack.appToken,
    slackApiUrl: slack.apiUrl,
    logger,
    secondAfterMs: 60_000,
    dead: () => undefined,
  });
  const app = new App({
    token: slack.botToken,
    receiver: connection.receiver,
    logger,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  const bell = new EventEmitter().setMaxListeners(0);
  app.use(async ({ next, context }) => {
    await next();
    bell.emit(context.userId ?? '');
  });
  register(app, {
    alerts,
    audit,
    messages,
    watches,
    responses,
    showCard: async () => false,
    takeStep: takeStep({ alerts, audit, clock, redraw: () => undefined }),
    respond: respond(needs),
    mayDecide: mayDecide(needs),
    exceptions,
    questions,
    attempts: storage.attempts,
    askPerson: unused,
    answerQuestion: unused,
    ...excepting(
      { approvers: [...approvers], channel: CHANNEL },
      { storage, approvers: asApprover, clock, wake },
    ),
    ...who,
    web,
    clock,
    log,
    channel: CHANNEL,
    charts: async () => [],
    homes: { open: async () => undefined, redraw: async () => undefined, turn: async () => undefined },
    permalinkOf: async () => undefined,
    askAnswer: async () => undefined,
    lookUp: async () => ({ is: 'unknown', near: [], missing: [] }),
    lookUps: new Map(),
    approvers,
    revokeSessions: true,
    mode: 'request',
    status: unused,
  });
  const forms = new Map<string, ModalView>();
  app.action(OPEN_FORM, async ({ ack, body, action }) => {
    await ack();
    const view = 'value' in action ? forms.get(String(action.value)) : undefined;
    if (!view || !('trigger_id' in body)) throw new Error('there is no such form');
    await web.views.open({ trigger_id: body.trigger_id, view });
  });
  await app.init();
  await connection.start(app);
  return {
    slack,
    storage,
    forms,
    warnings,
    async handled(userId, act) {
      const done = once(bell, userId);
      await act();
      await done;
    },
    async [Symbol.asyncDispose]() {
      await connection.stop();
      await slack.close();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
