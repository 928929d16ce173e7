import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import { take } from '../../src/domain/alert-lifecycle.ts';
import { type Escalation, nextCall, remindAt } from '../../src/domain/escalation.ts';
import { SEVERITIES } from '../../src/domain/severity.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { alertWith } from '../support/alerts.ts';

const RAISED = Date.UTC(2026, 10, 24, 4);
const plan = (different: Partial<Escalation> = {}): Escalation => ({
  after: { critical: 5 * MINUTE, high: 15 * MINUTE, medium: HOUR },
  atMost: 3,
  responders: ['U0ANA', 'U0BEN'],
  next: ['S0LEADS'],
  ...different,
});
const critical = (different: Partial<Alert> = {}): Alert => alertWith({ severity: 'critical', ...different });
const by = 'U0ANA';

/** All that an alert does while nobody takes it: when, and whom it calls. */
function calls(alert: Alert, how: Escalation, spare: string[] = []): [minutes: number, called: string][] {
  const all: [number, string][] = [];
  for (let now = alert; ; ) {
    const at = remindAt(now, how);
    const call = nextCall(now, how, spare);
    if (at === undefined || !call) return all;
    all.push([(at - RAISED) / MINUTE, call.everyone ? 'everyone' : call.to.join(' ')]);
    now = { ...now, reminded: { times: call.number, at } };
  }
}

describe('an alert that nobody takes', () => {
  it('calls who may respond, then the next group, then the channel, and then no more', () => {
    expect(calls(critical(), plan())).toEqual([
      [5, 'U0ANA U0BEN'],
      [10, 'S0LEADS'],
      [15, 'everyone'],
    ]);
  });

  it.each([
    ['high', [15, 30, 45]],
    ['medium', [60, 120, 180]],
    ['low', []],
  ] as const)('calls as often as its severity %s asks', (severity, minutes) => {
    expect(calls(alertWith({ severity }), plan()).map(([at]) => at)).toEqual(minutes);
  });

  it('never calls more often than it may', () => {
    const next = ['S0LEADS', 'S0BOSSES'];
    expect(calls(critical(), plan({ atMost: 0, next }))).toEqual([]);
    expect(calls(critical(), plan({ atMost: 1, next }))).toEqual([[5, 'U0ANA U0BEN']]);
    expect(calls(critical(), plan({ atMost: 2, next })).map(([, who]) => who)).toEqual([
      'U0ANA U0BEN',
      'everyone',
    ]);
    expect(calls(critical(), plan({ atMost: 9, next })).map(([, who]) => who)).toEqual([
      'U0ANA U0BEN',
      'S0LEADS',
      'S0BOSSES',
      'everyone',
    ]);
  });

  it('calls whoever has it assigned instead of all, but the others later', () => {
    const assigned = critical({ assignee: { to: 'U0CLEO', by, at: RAISED } });
    expect(calls(assigned, plan()).map(([, who]) => who)).toEqual(['U0CLEO', 'S0LEADS', 'everyone']);
  });

  it('spares who has dealt with it before', () => {
    expect(calls(critical(), plan(), ['U0ANA', 'S0LEADS']).map(([, who]) => who)).toEqual([
      'U0BEN',
      '',
      'everyone',
    ]);
  });

  it('waits from when people could see it', () => {
    expect(remindAt(critical(), plan(), { shownAt: RAISED + HOUR })).toBe(RAISED + HOUR + 5 * MINUTE);
  });

  it('calls at once when its severity rises late, and takes its new pace from there', () => {
    const reminded = { times: 1, at: RAISED + HOUR };
    expect(remindAt(critical({ reminded }), plan())).toBe(RAISED + HOUR + 5 * MINUTE);
    expect(remindAt(critical(), plan(), { now: RAISED + HOUR })).toBe(RAISED + HOUR);
  });
});

describe('an alert stays silent', () => {
  it('once somebody has acknowledged or resolved it', () => {
    expect(remindAt(critical({ handling: { is: 'acknowledged', by, at: RAISED } }), plan())).toBeUndefined();
    const resolved = { is: 'resolved', by, at: RAISED, verdict: 'benign', note: '' } as const;
    expect(remindAt(critical({ handling: resolved }), plan())).toBeUndefined();
  });

  it('while it is snoozed, and as long as usual after that', () => {
    const until = RAISED + 4 * HOUR;
    const snoozed = critical({ snooze: { until, by, at: RAISED } });
    expect(remindAt(snoozed, plan())).toBe(until + 5 * MINUTE);
    expect(remindAt(critical({ wokenAt: until }), plan())).toBe(until + 5 * MINUTE);
  });

  it('and begins anew when it is reopened', () => {
    const handling = { is: 'resolved', by, at: RAISED, verdict: 'benign', note: '' } as const;
    const reminded = { times: 3, at: RAISED + 15 * MINUTE };
    const outcome = take({ do: 'reopen', by, at: RAISED + HOUR }, critical({ handling, reminded }));
    if (!outcome.ok) throw new Error(outcome.refusal.because);
    expect(remindAt(outcome.alert, plan())).toBe(RAISED + HOUR + 5 * MINUTE);
    expect(nextCall(outcome.alert, plan(), [by])).toMatchObject({ number: 1, to: ['U0BEN'] });
  });

  it('outside of working hours, unless it is critical', () => {
    // RAISED is 05:00 in Berlin, on a Tuesday.
    const hours = { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: 'Europe/Berlin' };
    expect(calls(alertWith({ severity: 'high' }), plan({ hours })).map(([at]) => at)).toEqual([
      180, 195, 210,
    ]);
    expect(calls(critical(), plan({ hours })).map(([at]) => at)).toEqual([5, 10, 15]);
    const late = remindAt(alertWith({ severity: 'high' }), plan({ hours }), { now: RAISED + 14 * HOUR });
    expect(late).toBe(RAISED + 27 * HOUR);
  });
});

it('whatever comes, calls come one after the other, each later than the last, and never too many', () => {
  const span = fc.integer({ min: 1, max: 10_080 }).map((minutes) => minutes * MINUTE);
  fc.assert(
    fc.property(
      fc.record({
        after: fc.dictionary(fc.constantFrom(...SEVERITIES), span),
        atMost: fc.integer({ min: 0, max: 8 }),
        responders: fc.array(fc.constantFrom('U1', 'U2', 'S1')),
        next: fc.array(fc.constantFrom('U3', 'S2')),
      }),
      fc.constantFrom(...SEVERITIES),
      (how, severity) => {
        const all = calls(alertWith({ severity }), how);
        expect(all.length).toBeLessThanOrEqual(how.atMost);
        const at = all.map(([minutes]) => minutes);
        expect(at).toEqual([...new Set(at)].sort((one, other) => one - other));
        expect(all.filter(([, who]) => who === 'everyone').length).toBeLessThanOrEqual(1);
      },
    ),
  );
});
