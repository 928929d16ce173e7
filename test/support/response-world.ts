import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessTo } from '../../src/access.ts';
import { OWN_ACCOUNT, type Settings } from '../../src/config.ts';
import { gathering } from '../../src/context.ts';
import type { ResponseAction } from '../../src/domain/response/action.ts';
import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { makeMetrics } from '../../src/metrics/metrics.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { responding } from '../../src/responses.ts';
import { type AwsOptions, type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Respond, ResponseResult } from '../../src/use-cases/respond.ts';
import { worker } from '../../src/work/worker.ts';
import { raised } from './alerts.ts';

export const RESPONDER = 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder';

/** The use cases of responses between a real database and the AWS stand-in, without Slack. */
export interface ResponseWorld extends AsyncDisposable {
  aws: AwsStandIn;
  storage: Storage;
  databaseUrl: string;
  respond: Respond;
  alertId: string;
  /** Who may not approve, and why; empty at first. */
  denied: Map<string, string>;
  emails: Map<string, string>;
  /** Runs once, after so many looks at who may approve. */
  changesAfter(looks: number, change: () => void): void;
  /** Ana asks for the disablement of bob, or for what is given. */
  ask(action?: ResponseAction): Promise<ResponseRequest>;
  /** Ben approves, by what is to be typed. */
  approve(id: string, typed?: string, by?: string): Promise<ResponseResult>;
  /** Asks and approves, and waits for the end. */
  carryOut(action?: ResponseAction, typed?: string): Promise<ResponseRequest>;
  until(id: string, look: (request: ResponseRequest) => boolean): Promise<ResponseRequest>;
  warnings: string[];
}

interface Options {
  mode?: 'request' | 'execute';
  aws?: AwsOptions;
  response?: Partial<Settings['response']>;
  now?: () => number;
}

/** Bob, with one of each credential, is added to the group admins by the role session of Cleo. */
export async function startResponses({
  mode = 'execute',
  aws: options,
  response,
  now = Date.now,
}: Options = {}): Promise<ResponseWorld> {
  const aws = await startAws({ enforceRate: false, clock: now, ...options });
  aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
  aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  aws.given.user({ name: 'root-admin', attached: ['AdministratorAccess'] });
  aws.given.user({
    name: 'bob',
    tags: { owner: 'eve@example.com' },
    inline: {
      own: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    },
    keys: [
      { id: 'AKIAEXAMPLE11', lastUsed: new Date(now() - 60_000) },
      { id: 'AKIAEXAMPLE12', status: 'Inactive' },
    ],
    sshKeys: ['APKAEXAMPLE11'],
    certificates: ['CERTEXAMPLE11'],
    serviceCredentials: ['ACCAEXAMPLE11'],
    mfa: ['arn:aws:iam::111122223333:mfa/bob'],
    password: 'correct horse',
  });
  for (const name of ['CLOUDTRAIL', 'IAM', 'STS']) process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'us-east-1',
  });
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-response-'));
  const databaseUrl = `file:${join(folder, 'test.db')}`;
  const storage = await openStorage(databaseUrl, { channel: 'C0ALERTS' });
  const warnings: string[] = [];
  const note = (facts: object, message: string): void =>
    void warnings.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const clock = { now };
  let looksLeft = Number.POSITIVE_INFINITY;
  let change: () => void = () => undefined;
  const denied = new Map<string, string>();
  const emails = new Map<string, string>();
  const access = accessTo(
    OWN_ACCOUNT,
    { awsRegion: 'us-east-1' },
    { clock, metrics: makeMetrics({ version: 'test', ofProcess: false }), lookupsPerSecond: 1_000 },
  );
  const settings = {
    approvers: ['U0BEN'],
    response: {
      mode,
      responder: mode === 'execute' ? { roleArn: RESPONDER, externalId: 'example-external-id' } : undefined,
      protectedPrincipals: [],
      expiry: 3_600_000,
      revokeSessions: false,
      ...response,
    },
  };
  const { respond, handlers } = responding(
    settings,
    { log, clock },
    {
      storage,
      approvers: {
        async denial(id) {
          if (looksLeft-- === 0) change();
          return denied.get(id);
        },
        emailOf: async (id) => emails.get(id),
      },
      access,
      wake: () => work.wake(),
    },
  );
  const context = gathering(
    { awsRegion: 'us-east-1', activityRegions: [] },
    { log, clock },
    { storage, access, place: () => ({ channel: 'C0ALERTS' }), wake: () => work.wake() },
  );
  const work = worker({
    jobs: storage.jobs,
    handlers: { ...handlers, ...context.handlers },
    clock,
    log,
    holder: randomUUID(),
  });
  work.start();
  const record = aws.addUserToGroup({ user: 'bob', group: 'admins' });
  const alert = raised(JSON.parse(JSON.stringify(record)));
  await storage.alerts.raise([alert], []);
  const alertId = alert.alert.id;
  let clicks = 0;
  const world: ResponseWorld = {
    aws,
    storage,
    databaseUrl,
    respond,
    alertId,
    denied,
    emails,
    warnings,
    changesAfter(looks, then) {
      looksLeft = looks;
      change = then;
    },
    async ask(action = { do: 'disable-user', user: 'bob', deletePassword: false }) {
      const asked = await respond({
        do: 'request',
        alertId,
        action,
        reason: 'Key seen in public',
        by: { id: 'U0ANA' },
        key: `c${clicks++}`,
      });
      if (asked.is !== 'done') throw new Error(`not asked: ${JSON.stringify(asked)}`);
      return asked.request;
    },
    approve: (requestId, typed = 'bob', by = 'U0BEN') =>
      respond({ do: 'approve', requestId, typed, by: { id: by }, key: `c${clicks++}` }),
    async carryOut(action, typed) {
      const { id } = await world.ask(action);
      const approved = await world.approve(id, typed);
      if (approved.is !== 'done') throw new Error(`not approved: ${JSON.stringify(approved)}`);
      return world.until(id, ({ state }) => !['pending', 'approved', 'running'].includes(state.is));
    },
    async until(id, look) {
      for (let tries = 0; tries < 400; tries++) {
        const request = await storage.responses.find(id);
        if (request && look(request)) return request;
        await sleep(25);
      }
      throw new Error(
        `it didn't come: ${JSON.stringify(await storage.responses.find(id))} ${warnings.join('\n')}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await work.stop();
      await storage.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}
