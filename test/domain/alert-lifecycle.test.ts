import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import { type Act, take } from '../../src/domain/alert-lifecycle.ts';
import { type Replacing, seenFor } from '../../src/domain/seen.ts';

const fresh: Alert = {
  id: 'GW-TEST',
  version: 1,
  ruleId: 'rule',
  account: '111122223333',
  region: 'us-east-1',
  eventKey: 'event-1',
  eventTime: 1_000,
  raisedAt: 2_000,
  severity: 'low',
  riskScore: 21,
  cause: { is: 'unreadable', why: 'a test' },
  handling: { is: 'open' },
  guide: {},
  related: [],
};

/** Lets people act one after the other; fails when one of them is refused. */
function alertAfter(...steps: [who: string, act: Act][]): Alert {
  return steps.reduce((alert, [by, act], index) => {
    const outcome = take({ ...act, by, at: 10_000 + index }, alert);
    if (!outcome.ok) throw new Error(`${by} was refused: ${outcome.refusal.because}`);
    return outcome.alert;
  }, fresh);
}

const refusal = (who: string, act: Act, alert: Alert) => {
  const outcome = take({ ...act, by: who, at: 99_000 }, alert);
  return outcome.ok ? undefined : outcome.refusal;
};

const resolve = { do: 'resolve', verdict: 'benign', note: 'Onboarding, ticket 12' } as const;

describe('an alert is acknowledged once', () => {
  it('remembers who and when, and counts a version', () => {
    const alert = alertAfter(['UANA', { do: 'acknowledge' }]);
    expect(alert.handling).toEqual({ is: 'acknowledged', by: 'UANA', at: 10_000 });
    expect(alert.version).toBe(2);
  });

  it('tells the second person who was faster', () => {
    const alert = alertAfter(['UANA', { do: 'acknowledge' }]);
    expect(refusal('UBEN', { do: 'acknowledge' }, alert)).toEqual({
      because: 'already-acknowledged',
      by: 'UANA',
      at: 10_000,
    });
  });

  it('ends a snooze', () => {
    const alert = alertAfter(['UANA', { do: 'snooze', until: 50_000 }], ['UBEN', { do: 'acknowledge' }]);
    expect(alert.snooze).toBeUndefined();
  });
});

describe('a resolved alert', () => {
  const resolved = alertAfter(['UANA', { do: 'acknowledge' }], ['UANA', resolve]);

  it('carries verdict and note', () => {
    expect(resolved.handling).toEqual({
      is: 'resolved',
      by: 'UANA',
      at: 10_001,
      verdict: 'benign',
      note: 'Onboarding, ticket 12',
    });
  });

  it.each<Act>([
    { do: 'acknowledge' },
    { do: 'assign', to: 'UBEN' },
    { do: 'snooze', until: 1 },
    { do: 'mark-step', step: 'actor', state: 'done' },
    { do: 'request-disablement', user: 'bob', reason: 'stolen key' },
  ])('takes no more acts: %j', (act) => {
    expect(refusal('UBEN', act, resolved)).toEqual({ because: 'resolved', by: 'UANA', at: 10_001 });
  });

  it('is not resolved twice', () => {
    expect(refusal('UBEN', resolve, resolved)?.because).toBe('already-resolved');
  });

  it('still takes a note, and shows its guide', () => {
    expect(refusal('UBEN', { do: 'note-step', step: 'lessons', note: 'late' }, resolved)).toBeUndefined();
    expect(refusal('UBEN', { do: 'open-guide' }, resolved)).toBeUndefined();
  });

  it('is open again after a reopening, and remembers it', () => {
    const reopened = take({ do: 'reopen', by: 'UBEN', at: 70_000 }, resolved);
    expect(reopened).toMatchObject({
      ok: true,
      alert: { handling: { is: 'open' }, reopened: { by: 'UBEN', at: 70_000 } },
    });
  });

  it('is reopened by one of two', () => {
    const reopened = alertAfter(['UANA', resolve], ['UBEN', { do: 'reopen' }]);
    expect(refusal('UANA', { do: 'reopen' }, reopened)).toMatchObject({
      because: 'already-open',
      by: 'UBEN',
    });
  });
});

describe('a guide step', () => {
  it('is marked by one person, and tells the next who it was', () => {
    const alert = alertAfter(['UANA', { do: 'mark-step', step: 'actor', state: 'done' }]);
    expect(alert.guide.actor).toEqual({ state: 'done', by: 'UANA', at: 10_000 });
    expect(refusal('UBEN', { do: 'mark-step', step: 'actor', state: 'done' }, alert)).toEqual({
      because: 'already-marked',
      by: 'UANA',
      at: 10_000,
    });
  });

  it('keeps its note when its mark changes', () => {
    const alert = alertAfter(
      ['UANA', { do: 'note-step', step: 'owners', note: 'asked Cleo' }],
      ['UBEN', { do: 'mark-step', step: 'owners', state: 'not-applicable' }],
    );
    expect(alert.guide.owners).toMatchObject({
      state: 'not-applicable',
      by: 'UBEN',
      note: { text: 'asked Cleo' },
    });
  });

  it('is not reopened when it was never marked', () => {
    expect(refusal('UBEN', { do: 'mark-step', step: 'mfa', state: 'open' }, fresh)?.because).toBe(
      'already-marked',
    );
  });
});

describe('a request for disablement', () => {
  it('is made once, with its reason', () => {
    const alert = alertAfter(['UANA', { do: 'request-disablement', user: 'bob', reason: 'stolen key' }]);
    expect(alert.disablement).toEqual({ by: 'UANA', at: 10_000, user: 'bob', reason: 'stolen key' });
    expect(
      refusal('UBEN', { do: 'request-disablement', user: 'bob', reason: 'me too' }, alert),
    ).toMatchObject({
      because: 'already-requested',
      by: 'UANA',
    });
  });
});

describe('an assignment', () => {
  it('can pass on, but not to the same person again', () => {
    const alert = alertAfter(['UANA', { do: 'assign', to: 'UANA' }], ['UANA', { do: 'assign', to: 'UBEN' }]);
    expect(alert.assignee).toEqual({ to: 'UBEN', by: 'UANA', at: 10_001 });
    expect(refusal('UCLEO', { do: 'assign', to: 'UBEN' }, alert)?.because).toBe('already-assigned');
  });
});

describe('an act that replaces something', () => {
  const [one, other] = ['UANA', 'UBEN'];
  const act = (act: Act, seen: string, alert: Alert, by = other) => {
    const outcome = take({ ...act, by, at: 99_000, seen }, alert);
    return outcome.ok ? undefined : outcome.refusal;
  };

  it.each<[because: string, first: Act, second: Act & Replacing, is: string]>([
    ['already-assigned', { do: 'assign', to: 'UANA' }, { do: 'assign', to: 'UBEN' }, 'UANA'],
    ['already-snoozed', { do: 'snooze', until: 50_000 }, { do: 'snooze', until: 60_000 }, '50000'],
    [
      'already-marked',
      { do: 'mark-step', step: 'actor', state: 'done' },
      { do: 'mark-step', step: 'actor', state: 'not-applicable' },
      'done',
    ],
    [
      'already-noted',
      { do: 'note-step', step: 'actor', note: 'a' },
      { do: 'note-step', step: 'actor', note: 'b' },
      '10000',
    ],
  ])('is refused as %s when somebody was faster, and not when it was seen', (because, first, second, is) => {
    const alert = alertAfter([one, first]);
    expect(act(second, '', alert)).toEqual({ because, by: one, at: 10_000 });
    expect(seenFor(second, alert)).toBe(is);
    expect(act(second, is, alert)).toBeUndefined();
    expect(act(second, '', fresh)).toBeUndefined();
  });

  it('is not refused for the end of a snooze that was seen', () => {
    expect(act({ do: 'snooze', until: 60_000 }, '50000', fresh)).toBeUndefined();
  });
});
