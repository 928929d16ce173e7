import { assess } from '../domain/assessment.ts';
import { runsOf } from '../domain/attempt.ts';
import { signalsOfRecord } from '../domain/risk/record-signals.ts';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Raised } from '../ports/alerts.ts';
import type { AttemptStore, KeptAttempt, RunRaised } from '../ports/attempts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Handled, Job } from '../ports/jobs.ts';
import type { Rule } from '../rules/rule.ts';
import { type Place, placed, raisedOf } from './raise-alerts.ts';

interface Needs {
  attempts: Pick<AttemptStore, 'count'>;
  /** What so many attempts by one actor are an alert of; it has a threshold. */
  rule: Rule;
  /** What its account is, and where the alert goes; to the default channel, where nothing is said. */
  place?: Place;
  clock: Clock;
  /** There is something new to draw. */
  wake: () => void;
}

/** Raises one alert for a run of refused attempts by one actor, never two, in whatever order their records come. */
export const countAttempts =
  ({ attempts, rule, place, clock, wake }: Needs) =>
  async ({ subject }: Job): Promise<Handled> => {
    const { threshold } = rule;
    if (!threshold) throw new Error(`the rule ${rule.id} has no threshold`);
    const { count, withinMinutes } = threshold;
    const within = withinMinutes * MINUTE;
    const now = clock.now();
    const [account = ''] = subject.split(' ', 1);
    const actor = subject.slice(account.length + 1);
    const { raisings, left } = await attempts.count({ account, actor }, within, (near) =>
      runsOf(near, { count, within }, beginningsOf(near)).map(
        (run): RunRaised => ({ run, raised: placed(raisedBy(run, rule, now), place) }),
      ),
    );
    if (raisings.length > 0) wake();
    return left ? { is: 'again', at: now } : { is: 'done' };
  };

/** When the runs began that there are alerts of. */
function beginningsOf(attempts: readonly KeptAttempt[]): Instant[] {
  const told = attempts.filter(({ alertId }) => alertId !== undefined);
  return [...Map.groupBy(told, ({ alertId }) => alertId).values()].map((run) =>
    Math.min(...run.map(({ attempt }) => attempt.event.time)),
  );
}

/** As many records as are kept with the alert; all of them are kept as attempts. */
const MOST_RECORDS = 20;

/**
 * The alert of a run: it shows the first of the attempts, and has a key of its own beside that one's. Nothing was
 * changed in AWS, so there is nothing to read there about it: it is assessed by the record alone.
 */
function raisedBy(run: readonly KeptAttempt[], rule: Rule, now: Instant): Raised {
  const [first] = run;
  if (!first) throw new Error('a run of no attempts');
  const { account, event, subject, object } = first.attempt;
  const raw = `[${run
    .slice(0, MOST_RECORDS)
    .map((one) => one.raw)
    .join(',\n')}]`;
  const own = { ...event, key: `refused:${event.key}`, requestId: undefined, addendum: undefined };
  const { alert } = raisedOf({ is: 'event', event: own, raw }, rule, { account, region: event.region }, now);
  const look = { at: now, signals: signalsOfRecord(event), unread: [], documentsLeft: 0 };
  const assessment = assess(rule.riskScore, look);
  const { severity, score: riskScore } = assessment;
  const cause = { is: 'match', event: own, subject, object } as const;
  return { raw, alert: { ...alert, cause, assessment, severity, riskScore } };
}
