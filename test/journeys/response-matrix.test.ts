import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { HOUR } from '../../src/domain/time.ts';
import { actions, button } from '../../src/slack/blocks.ts';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import { approveModal, denyModal, undoModal } from '../../src/slack/views/response/decision-modals.ts';
import { requestModal } from '../../src/slack/views/response/request-modal.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Member, Message } from '../../src/standins/slack/types.ts';
import { raised } from '../support/alerts.ts';
import { CHANNEL, OPEN_FORM, type ResponseDesk, startResponseDesk } from '../support/response-desk.ts';
import { knownPreview, responseWith, stepsOf } from '../support/response-states.ts';

/** Every kind of person. All but the first two are listed for everything, so that only what they are keeps them out. */
const PEOPLE: Record<string, Member> = {
  nobody: { id: 'U0NOBODY', name: 'Nia' },
  responder: { id: 'U0RESPONDER', name: 'Rita' },
  approver: { id: 'U0APPROVER', name: 'Ada' },
  requester: { id: 'U0REQUESTER', name: 'Rex' },
  actor: { id: 'U0ACTOR', name: 'Mal', email: 'Mallory@example.com' },
  'user concerned': { id: 'U0CONCERNED', name: 'Bob', email: 'bob@example.com' },
  "user's owner": { id: 'U0OWNER', name: 'Olga', email: 'olga@example.com' },
  guest: { id: 'U1GUEST', name: 'Gil', isRestricted: true },
  stranger: { id: 'U1STRANGER', name: 'Stan', isStranger: true },
  bot: { id: 'U1BOT', name: 'Robo', isBot: true },
  'other workspace': { id: 'U1OTHER', name: 'Otto', teamId: 'T0OTHER' },
  deactivated: { id: 'U1GONE', name: 'Gus', deleted: true },
};
const idsOf = (...without: string[]): string[] =>
  Object.entries(PEOPLE).flatMap(([kind, { id }]) => (without.includes(kind) ? [] : [id]));

const now = Date.now();
const approval = { by: 'U0APPROVER', at: now };
const failed = { is: 'failed', at: now, why: 'not authorized' } as const;
const applied = { is: 'applied', at: now } as const;
const everything = Object.fromEntries(stepsOf('bob').map(({ id }) => [id, applied]));

/** Every state of a request; `overdue` is one that has expired and that the clock hasn't come to yet. */
const STATES: Record<string, Partial<ResponseRequest>> = {
  pending: { state: { is: 'pending', expiresAt: now + HOUR } },
  overdue: { state: { is: 'pending', expiresAt: now - 1 } },
  denied: { state: { is: 'denied', by: 'U0APPROVER', at: now, reason: 'no' } },
  withdrawn: { state: { is: 'withdrawn', by: 'U0REQUESTER', at: now } },
  expired: { state: { is: 'expired', at: now } },
  'approved, for people': {
    mode: 'request',
    approval,
    state: { is: 'approved', at: now },
    steps: stepsOf('bob'),
  },
  'approved, for Groupwatch': { approval, state: { is: 'approved', at: now } },
  running: { approval, state: { is: 'running', at: now }, steps: stepsOf('bob', { deny: applied }) },
  refused: { approval, state: { is: 'refused', at: now, why: 'protected' } },
  stopped: {
    approval,
    state: { is: 'stopped', at: now, why: 'not authorized' },
    steps: stepsOf('bob', { ...everything, 'key:AKIAEXAMPLE01': failed }),
  },
  done: { approval, state: { is: 'done', at: now }, steps: stepsOf('bob', everything) },
  undoing: { approval, state: { is: 'undoing', at: now, by: 'RS-0' }, steps: stepsOf('bob', everything) },
  undone: { approval, state: { is: 'undone', at: now, by: 'RS-0' }, steps: stepsOf('bob', everything) },
};

const MAY_RESPOND = ['responder', 'requester', 'actor', 'user concerned', "user's owner"];
const ENDED = ['denied', 'withdrawn', 'expired', 'refused', 'undone'];

/** Who may do what to a request in which states. Everything else must have no effect. */
const MAY: Record<string, { who: string[]; in: string[] }> = {
  'request the same': { who: MAY_RESPOND, in: ENDED },
  approve: { who: ['approver'], in: ['pending'] },
  deny: { who: ['approver'], in: ['pending', 'overdue'] },
  withdraw: { who: ['requester'], in: ['pending', 'overdue'] },
  retry: { who: MAY_RESPOND, in: ['stopped'] },
  'mark a step as run': { who: MAY_RESPOND, in: ['approved, for people', 'stopped'] },
  'request undo': { who: MAY_RESPOND, in: ['stopped', 'done'] },
};

describe('of all people, actions and states, only what must be allowed has an effect', () => {
  let desk: ResponseDesk;
  beforeAll(async () => {
    desk = await startResponseDesk({
      members: Object.values(PEOPLE),
      responders: idsOf('nobody', 'approver'),
      approvers: idsOf('nobody', 'responder'),
    });
  });
  afterAll(() => desk?.[Symbol.asyncDispose]());

  let count = 0;

  /** An alert of its own account, so that no request is in the way of another one. */
  async function newRequest(different: Partial<ResponseRequest>): Promise<ResponseRequest> {
    const number = ++count;
    const account = String(200_000_000_000 + number);
    const record = raised({
      eventID: `e-${number}`,
      requestID: `r-${number}`,
      recipientAccountId: account,
      userIdentity: { type: 'IAMUser', userName: 'mallory', accountId: account },
    });
    await desk.storage.alerts.raise([record], []);
    const alertId = record.alert.id;
    const request = responseWith({
      ...different,
      id: `RS-${String(number).padStart(10, '0')}`,
      alertId,
      account,
      by: 'U0REQUESTER',
      preview: knownPreview('bob', { owners: { bob: ['olga@example.com'] } }),
    });
    const entry = { at: now, what: 'response-requested', alertId, facts: {} };
    expect(await desk.storage.responses.open(request, { entry, line: false })).toBe('saved');
    return request;
  }

  /** A message with one button, as an old card may still show it. */
  const shows = (actionId: string, value: string): Message => ({
    channel: CHANNEL,
    ts: '1.000001',
    user: 'U0BOT',
    text: 'an old card',
    edited: 0,
    blocks: [{ ...actions([button('x', actionId, value)]) }],
  });

  async function press(person: Person, actionId: string, value: string): Promise<void> {
    await desk.handled(person.id, () => person.press(shows(actionId, value), actionId));
  }

  const REASON = { [INPUT.reason]: 'Seen in a public repository' };
  const FORMS: Record<string, Record<string, string>> = {
    'request the same': { ...REASON, [INPUT.response]: 'disable-subject' },
    approve: { [INPUT.typedName]: 'bob' },
    deny: REASON,
    'request undo': REASON,
  };
  const BUTTONS: Record<string, (request: ResponseRequest) => [string, string]> = {
    'request the same': ({ alertId }) => [ACTION.requestDisablement, alertId],
    approve: ({ id }) => [ACTION.approveResponse, id],
    deny: ({ id }) => [ACTION.denyResponse, id],
    withdraw: ({ id }) => [ACTION.withdrawResponse, id],
    retry: ({ id }) => [ACTION.retryResponse, id],
    'mark a step as run': ({ id }) => [ACTION.markRun, pack(id, 'key:AKIAEXAMPLE01')],
    'request undo': ({ id }) => [ACTION.undoResponse, id],
  };

  /** Fills in the form, if one is open, and gives what the person is told in it. */
  async function submit(person: Person, action: string): Promise<boolean> {
    if (!person.view()) return false;
    await desk.handled(person.id, () => person.submit(FORMS[action]));
    const told = person.view() !== undefined;
    person.closeView();
    return told;
  }

  type Way = (person: Person, action: string, request: ResponseRequest) => Promise<boolean>;

  /** As people do it: by the button, and the form that it opens. Says whether they were told anything. */
  const byButton: Way = async (person, action, request) => {
    const before = person.ephemerals().length;
    const [actionId, value] = BUTTONS[action]?.(request) ?? ['', ''];
    await press(person, actionId, value);
    return (await submit(person, action)) || person.ephemerals().length > before;
  };

  const OPENED: Record<string, (request: ResponseRequest, alert: Alert) => ModalView> = {
    'request the same': (_, alert) =>
      requestModal(alert, { approvers: [], revokeSessions: true, mode: 'request' }),
    approve: (request) => approveModal({ request }),
    deny: (request) => denyModal({ request }),
    'request undo': (request) => undoModal({ request }),
  };

  /** By a form that was opened before the person lost the right to it, or before the request went on. */
  const byForm: Way = async (person, action, request) => {
    const alert = await desk.storage.alerts.find(request.alertId);
    const view = alert && OPENED[action]?.(request, alert);
    if (!view) throw new Error(`there is no form to ${action}`);
    desk.forms.set(person.id, view);
    await press(person, OPEN_FORM, person.id);
    return submit(person, action);
  };

  /**
   * Tries it with everybody in every state, and gives who had an effect, and who was told nothing without one. The
   * states at once, with another person each, and then the next.
   */
  async function everybody(action: string, way: Way) {
    const effects: string[] = [];
    const untold: string[] = [];
    const kinds = Object.keys(PEOPLE);
    const tables = await Promise.all(
      Object.entries(STATES).map(async ([state, different]) => ({
        state,
        different,
        request: await newRequest(different),
      })),
    );
    for (let round = 0; round < tables.length; round++) {
      await Promise.all(
        tables.map(async (table, place) => {
          const kind = kinds[(place + round) % tables.length];
          if (kind === undefined) return;
          const { id = '' } = PEOPLE[kind] ?? {};
          const { alertId } = table.request;
          const before = JSON.stringify(await desk.storage.responses.ofAlert(alertId));
          const told = await way(desk.slack.person(id), action, table.request);
          const after = JSON.stringify(await desk.storage.responses.ofAlert(alertId));
          if (before === after) {
            if (!told) untold.push(`${kind}, ${table.state}`);
            return;
          }
          effects.push(`${kind}, ${table.state}`);
          table.request = await newRequest(table.different);
        }),
      );
    }
    return { effects: effects.toSorted(), untold };
  }

  const allowed = (action: string): string[] =>
    Object.keys(STATES)
      .flatMap((state) =>
        Object.keys(PEOPLE)
          .filter((kind) => MAY[action]?.in.includes(state) && MAY[action].who.includes(kind))
          .map((kind) => `${kind}, ${state}`),
      )
      .toSorted();

  it.each(Object.keys(BUTTONS))('%s, by the button', async (action) => {
    expect(await everybody(action, byButton)).toEqual({ effects: allowed(action), untold: [] });
  });

  it.each(Object.keys(FORMS))('%s, by a form that is open already', async (action) => {
    expect(await everybody(action, byForm)).toEqual({ effects: allowed(action), untold: [] });
  });

  it('has caused no failure', () => {
    expect(desk.warnings).toEqual([]);
  });
});
