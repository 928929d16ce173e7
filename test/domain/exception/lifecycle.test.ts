import { describe, expect, it } from 'vitest';
import type { Granted } from '../../../src/domain/assessment.ts';
import {
  type ExceptionMove,
  isLive,
  moveException,
  needsSecondPerson,
} from '../../../src/domain/exception/lifecycle.ts';
import type { Exception } from '../../../src/domain/exception.ts';
import type { Standing } from '../../../src/domain/policy/policy.ts';
import { DAY } from '../../../src/domain/time.ts';
import { alertWith } from '../../support/alerts.ts';
import { anException } from '../../support/exceptions.ts';

const STATES: Exception['state'][] = [
  { is: 'pending' },
  { is: 'active', at: 0 },
  { is: 'denied', by: 'U0BEN', at: 0 },
  { is: 'ended', at: 0 },
];
const MOVES: ExceptionMove[] = [
  { do: 'approve', by: 'U0BEN' },
  { do: 'deny', by: 'U0BEN' },
  { do: 'end', by: 'U0CLEO' },
  { do: 'expire' },
];
const IN_TIME = DAY;
const TOO_LATE = 30 * DAY;

const becomes = (state: Exception['state'], move: ExceptionMove, at: number): string => {
  const outcome = moveException(move, at, anException({ state }));
  return outcome.ok ? outcome.exception.state.is : outcome.refusal.because;
};

describe('an exception moves', () => {
  it('as this table says, and in no other way', () => {
    const table = STATES.map((state) => [
      state.is,
      ...MOVES.map((move) => `${becomes(state, move, IN_TIME)}, late ${becomes(state, move, TOO_LATE)}`),
    ]);
    expect(table).toEqual([
      ['pending', 'active, late not-now', 'denied, late not-now', 'ended, late ended', 'not-now, late ended'],
      [
        'active',
        'not-now, late not-now',
        'not-now, late not-now',
        'ended, late ended',
        'not-now, late ended',
      ],
      ...['denied', 'ended'].map((over) => [over, ...MOVES.map(() => 'not-now, late not-now')]),
    ]);
  });

  it('to active only by somebody else', () => {
    const pending = anException({ state: { is: 'pending' } });
    expect(moveException({ do: 'approve', by: pending.by }, IN_TIME, pending)).toEqual({
      ok: false,
      refusal: { because: 'own-exception' },
    });
  });

  it('by one, and tells everybody else who was faster', () => {
    const pending = anException({ state: { is: 'pending' } });
    const first = moveException({ do: 'deny', by: 'U0BEN' }, IN_TIME, pending);
    if (!first.ok) throw new Error(first.refusal.because);
    expect(first.exception.version).toBe(pending.version + 1);
    expect(moveException({ do: 'approve', by: 'U0CLEO' }, IN_TIME + 1, first.exception)).toEqual({
      ok: false,
      refusal: { because: 'not-now', is: 'denied', by: 'U0BEN', at: IN_TIME },
    });
  });

  it('out of life for good', () => {
    expect(STATES.map((state) => isLive(anException({ state })))).toEqual([true, true, false, false]);
  });
});

describe('a second person is needed', () => {
  const conditions = { actor: 'hr-bot', group: 'admins' };
  const assessed = (granted: Partial<Granted> | undefined, documentsLeft = 0) => ({
    assessment: {
      at: 0,
      score: 21,
      severity: 'low' as const,
      factors: [],
      unread: [],
      documentsLeft,
      granted: granted && { is: 'narrow' as const, because: [], doubtful: false, ...granted },
    },
  });

  it.each<[Standing, boolean]>([
    ['administrator', true],
    ['escalation', true],
    ['broad-write', false],
    ['narrow', false],
    ['nothing', false],
  ])('for a group that grants %s: %s', (is, needed) => {
    expect(needsSecondPerson(conditions, assessed({ is }))).toBe(needed);
    expect(needsSecondPerson({ actor: 'hr-bot', user: 'bob' }, assessed({ is })), 'any group').toBe(true);
  });

  it('while nobody knows all that the group grants', () => {
    expect(needsSecondPerson(conditions, alertWith())).toBe(true);
    expect(needsSecondPerson(conditions, assessed(undefined))).toBe(true);
    expect(needsSecondPerson(conditions, assessed({ is: 'broad-write', doubtful: true }))).toBe(true);
    expect(needsSecondPerson(conditions, assessed({}, 1))).toBe(true);
  });
});
