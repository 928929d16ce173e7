import type { Alert } from '../domain/alert.ts';
import { type CloudTrailEvent, type Reading, softKey } from '../domain/event.ts';
import { type Exception, isInForce, matches } from '../domain/exception.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertStore, Raised } from '../ports/alerts.ts';
import type { NewAttempt } from '../ports/attempts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionStore } from '../ports/exceptions.ts';
import { attemptedOf, isDenied } from '../rules/attempt.ts';
import { aboutOf, matchOf, type Rule } from '../rules/rule.ts';
import { alertIdOf } from './alert-id.ts';
import { assessJob } from './assess/needs.ts';

/**
 * What a page of records came to. `refused` are calls that AWS turned down: attempts, not alerts; `exempted` are
 * known behaviour, for which an exception is in force.
 */
export interface RaiseReport {
  records: number;
  raised: number;
  known: number;
  linked: number;
  exempted: number;
  refused: number;
  unreadable: number;
}

/** `cards` is for how many new alerts there may be a card each. */
export type RaiseAlerts = (
  readings: readonly Reading[],
  from: Looked,
  cards?: number,
) => Promise<RaiseReport>;

/** Where records were read; `lookedAt` is when the last complete look there began. */
export interface Looked {
  account: string;
  region: string;
  lookedAt?: Instant;
}

/** Says of an alert what its account is, and which channel it belongs to now. */
export type Place = (alert: Alert) => { environment?: Alert['environment']; channel: string };

interface Needs {
  alerts: AlertStore;
  exceptions: Pick<ExceptionStore, 'inForce'>;
  clock: Clock;
  rule: Rule;
  /** What is known of its account, and where it goes; to the default channel, where nothing is said. */
  place?: Place;
  /** Called when there is something new to draw. */
  redraw: () => void;
}

/**
 * Makes alerts of what the rule matches and of what nobody could read, attempts of what AWS turned down, and stores
 * them all or none.
 */
export const raiseAlerts =
  ({ alerts, exceptions, clock, rule, place, redraw }: Needs): RaiseAlerts =>
  async (readings, from, cards) => {
    const report = { ...NOTHING, records: readings.length };
    const batch: Raised[] = [];
    const attempts: NewAttempt[] = [];
    for (const reading of readings) {
      const outcome = reading.is === 'event' ? matchOf(rule, reading.event) : 'match';
      if (reading.is === 'unreadable') report.unreadable++;
      if (reading.is === 'event' && outcome === 'refused') attempts.push(attemptOf(reading, rule, from));
      if (outcome === 'match') batch.push(placed(raisedOf(reading, rule, from, clock.now()), place));
    }
    report.refused = attempts.length;
    if (batch.length + attempts.length === 0) return report;
    const inForce = batch.length > 0 ? await exceptions.inForce(clock.now()) : [];
    const page = batch.map((raised) => exempt(raised, inForce, clock.now()));
    for (const raising of await alerts.raise(page, attempts, cards)) {
      if (raising === 'new') report.raised++;
      else report[raising]++;
    }
    if (report.raised + report.linked + attempts.length > 0) redraw();
    return report;
  };

/** The same, where it belongs. */
export function placed(raised: Raised, place: Place | undefined): Raised {
  if (!place) return raised;
  const { environment, channel } = place(raised.alert);
  return { ...raised, channel, alert: { ...raised.alert, environment } };
}

const NOTHING: RaiseReport = {
  records: 0,
  raised: 0,
  known: 0,
  linked: 0,
  exempted: 0,
  refused: 0,
  unreadable: 0,
};

/** Names the exception that the event matches, the oldest of several. What nobody could read is never exempted. */
function exempt(raised: Raised, exceptions: readonly Exception[], now: number): Raised {
  const { cause } = raised.alert;
  if (cause.is !== 'match') return raised;
  const found = exceptions.find((one) => isInForce(one, now) && matches(one.conditions, cause.event, cause));
  return found ? { ...raised, exemption: found.id } : raised;
}

/** What one call that AWS turned down is kept as. */
function attemptOf(
  { event, raw }: Extract<Reading, { is: 'event' }>,
  rule: Rule,
  from: { account: string },
): NewAttempt {
  const account = accountOf(event, from);
  const attempt = { account, event, ...attemptedOf(rule, event), denied: isDenied(event) };
  return { attempt, raw, softKey: softKey(event) };
}

const accountOf = (event: CloudTrailEvent, from: { account: string }): string =>
  event.account === 'unknown' ? from.account : event.account;

/** The alert that one reading gives, as it is before anybody has touched it. */
export function raisedOf(reading: Reading, rule: Rule, { lookedAt, ...from }: Looked, now: number): Raised {
  const shared = {
    version: 1,
    ruleId: rule.id,
    raisedAt: now,
    severity: rule.severity,
    riskScore: rule.riskScore,
    handling: { is: 'open' },
    guide: {},
    related: [],
  } satisfies Partial<Alert>;
  if (reading.is === 'unreadable') {
    const { key, why, raw } = reading;
    const id = alertIdOf(from.account, key);
    return {
      raw,
      lookedAt,
      alert: { ...shared, ...from, id, eventKey: key, eventTime: now, cause: { is: 'unreadable', why } },
    };
  }
  const { event, raw } = reading;
  const account = accountOf(event, from);
  const correction = event.addendum?.reason === 'UPDATED_DATA' ? event.addendum : undefined;
  return {
    raw,
    lookedAt,
    softKey: softKey(event),
    awsRequestId: event.requestId,
    jobs: [assessJob(alertIdOf(account, event.key), now)],
    corrects: correction?.originalEventId,
    updatedFields: correction?.updatedFields,
    alert: {
      ...shared,
      id: alertIdOf(account, event.key),
      account,
      region: event.region,
      eventKey: event.key,
      eventTime: event.time,
      cause: { is: 'match', event, ...aboutOf(rule, event) },
    },
  };
}
