import { describe, expect, it } from 'vitest';
import { type Move, moveRequest } from '../../../src/domain/response/lifecycle.ts';
import type { RequestState, ResponseRequest, Step, StepState } from '../../../src/domain/response/request.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import { ASKED_AT, requestWith } from '../../support/requests.ts';
import { aUser, DENY } from '../../support/responses.ts';

const LATER = ASKED_AT + MINUTE;

function step(id: string, state: StepState): Step {
  return { id, operation: { call: 'UpdateAccessKey', user: 'bob', id, status: 'Inactive' }, state };
}

const applied = step('key:one', { is: 'applied', at: LATER });
const STATES: RequestState[] = [
  { is: 'pending', expiresAt: ASKED_AT + HOUR },
  { is: 'denied', by: 'U0BEN', at: LATER, reason: 'no' },
  { is: 'withdrawn', by: 'U0ANA', at: LATER },
  { is: 'expired', at: LATER },
  { is: 'approved', at: LATER },
  { is: 'running', at: LATER },
  { is: 'refused', at: LATER, why: 'protected' },
  { is: 'stopped', at: LATER, why: 'not allowed' },
  { is: 'done', at: LATER },
  { is: 'undoing', at: LATER, by: 'RS-OTHER' },
  { is: 'undone', at: LATER, by: 'RS-OTHER' },
];

/** What each move makes of each state; whatever isn't named is refused. */
const ALLOWED: Record<string, { move: Move; from: Partial<Record<RequestState['is'], RequestState['is']>> }> =
  {
    'an approval by somebody else': { move: { do: 'approve', by: 'U0BEN' }, from: { pending: 'approved' } },
    'an approval by who asked': { move: { do: 'approve', by: 'U0ANA' }, from: {} },
    'a denial': { move: { do: 'deny', by: 'U0BEN', reason: 'no' }, from: { pending: 'denied' } },
    'a withdrawal by who asked': { move: { do: 'withdraw', by: 'U0ANA' }, from: { pending: 'withdrawn' } },
    'a withdrawal by somebody else': { move: { do: 'withdraw', by: 'U0BEN' }, from: {} },
    'its expiry, too early': { move: { do: 'expire' }, from: {} },
    'a retry': { move: { do: 'retry', by: 'U0ANA' }, from: { stopped: 'approved' } },
    'its start': { move: { do: 'start', steps: [] }, from: { approved: 'running' } },
    'its end': { move: { do: 'finish' }, from: { running: 'done' } },
    'being taken back': {
      move: { do: 'take-back', by: 'RS-OTHER' },
      from: { stopped: 'undoing', done: 'undoing' },
    },
    'having been taken back': {
      move: { do: 'taken-back', by: 'RS-OTHER', ok: true, steps: ['key:one'] },
      from: { undoing: 'undone' },
    },
    'having been taken back by another': {
      move: { do: 'taken-back', by: 'RS-THIRD', ok: true, steps: [] },
      from: {},
    },
  };

describe.each(Object.entries(ALLOWED))('%s', (_, { move, from }) => {
  it.each(STATES.map((state) => [state.is, state] as const))('of a request that is %s', (is, state) => {
    const before = requestWith({ state, steps: [applied] });
    const outcome = moveRequest(move, LATER, before);
    expect(outcome.ok ? outcome.request.state.is : 'refused').toBe(from[is] ?? 'refused');
    if (outcome.ok) expect(outcome.request.version).toBe(before.version + 1);
  });
});

const outcomeOf = (outcome: ReturnType<typeof moveRequest>): ResponseRequest => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.because}`);
  return outcome.request;
};

describe('a request', () => {
  it('can not be approved once it has expired, even before the clock has ended it', () => {
    const outcome = moveRequest({ do: 'approve', by: 'U0BEN' }, ASKED_AT + HOUR, requestWith());
    expect(outcome).toMatchObject({ ok: false, refusal: { because: 'expired' } });
    expect(outcomeOf(moveRequest({ do: 'expire' }, ASKED_AT + HOUR, requestWith())).state.is).toBe('expired');
  });

  it('tells the second approver who was first', () => {
    const approved = outcomeOf(moveRequest({ do: 'approve', by: 'U0BEN' }, LATER, requestWith()));
    expect(moveRequest({ do: 'approve', by: 'U0DAN' }, LATER, approved)).toMatchObject({
      refusal: { because: 'already-decided', is: 'approved', by: 'U0BEN', at: LATER },
    });
  });

  it('is refused when nothing was touched, and stopped when something was', () => {
    const running = requestWith({ state: { is: 'running', at: LATER } });
    const refuse = { do: 'refuse', why: 'protected' } as const;
    expect(outcomeOf(moveRequest(refuse, LATER, running)).state.is).toBe('refused');
    expect(outcomeOf(moveRequest(refuse, LATER, { ...running, steps: [applied] })).state.is).toBe('stopped');
    const applying = step('key:one', { is: 'applying', at: LATER });
    expect(outcomeOf(moveRequest(refuse, LATER, { ...running, steps: [applying] })).state.is).toBe('stopped');
  });

  it('ends as stopped, with the reason, when a step failed; a retry plans that step alone again', () => {
    const failed = step('key:two', { is: 'failed', at: LATER, why: 'not allowed' });
    const running = requestWith({ state: { is: 'running', at: LATER }, steps: [applied, failed] });
    const stopped = outcomeOf(moveRequest({ do: 'finish' }, LATER, running));
    expect(stopped.state).toEqual({ is: 'stopped', at: LATER, why: 'not allowed' });
    const again = outcomeOf(moveRequest({ do: 'retry', by: 'U0ANA' }, LATER, stopped));
    expect(again.steps.map(({ state }) => state.is)).toEqual(['applied', 'planned']);
  });

  it('remembers what was before its first write, also when it is started again', () => {
    const first = { user: aUser() };
    const begun = requestWith({ state: { is: 'approved', at: LATER }, steps: [applied], snapshot: first });
    const start: Move = {
      do: 'start',
      steps: [applied],
      snapshot: { user: aUser({ attachedPolicies: [DENY] }) },
    };
    expect(outcomeOf(moveRequest(start, LATER, begun)).snapshot).toEqual(first);
    const fresh = { ...begun, snapshot: undefined };
    expect(outcomeOf(moveRequest(start, LATER, fresh)).snapshot).toEqual(start.snapshot);
  });

  it('is not taken back while a step of it is under way', () => {
    const busy = requestWith({
      state: { is: 'done', at: LATER },
      steps: [applied, step('key:two', { is: 'applying', at: LATER })],
    });
    expect(moveRequest({ do: 'take-back', by: 'RS-OTHER' }, LATER, busy)).toMatchObject({ ok: false });
  });

  it('is done when people have run all its commands, each of them once', () => {
    const planned = [step('key:one', { is: 'planned' }), step('key:two', { is: 'planned' })];
    const handed = requestWith({ mode: 'request', state: { is: 'approved', at: LATER }, steps: planned });
    const run = (id: string) => ({ do: 'mark-run', by: 'U0BEN', step: id }) as const;
    const one = outcomeOf(moveRequest(run('key:one'), LATER, handed));
    expect(one.state.is).toBe('approved');
    expect(moveRequest({ ...run('key:one'), by: 'U0ANA' }, LATER, one)).toMatchObject({
      refusal: { because: 'already-run', by: 'U0BEN' },
    });
    expect(outcomeOf(moveRequest(run('key:two'), LATER, one)).state.is).toBe('done');
  });
});
