import type { Alert, Cause } from '../../domain/alert.ts';
import type { Look } from '../../domain/assessment.ts';
import type { CardFacts } from '../../domain/facts.ts';
import { grantedBy, signalsOfFacts, unreadOf, verdictOf } from '../../domain/risk/fact-signals.ts';
import { chainByOrigin } from '../../domain/risk/history-signals.ts';
import { signalsOfRecord } from '../../domain/risk/record-signals.ts';
import { MINUTE, SECOND } from '../../domain/time.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import { type History, historyOf } from './history.ts';
import { keep } from './keep.ts';
import { type AssessNeeds, assessJob } from './needs.ts';
import { patience } from './patience.ts';

/** CloudTrail delivers late and IAM shows late: what belongs to an addition may come after it. */
const SECOND_LOOK = 10 * MINUTE;
/** Alerts that were raised so shortly one after the other share their second look. */
const TOGETHER = 30 * SECOND;
/** When CloudTrail is slow, the card gets what IAM has told. */
const PATIENCE = 4 * SECOND;
/** When CloudTrail may have answered; and when it may have answered others. */
const LATER = { reading: 5 * SECOND, behind: 30 * SECOND };
/** So often in a row a passing failure is tried again. */
const TRIES = 8;

interface Seen {
  alert: Alert;
  cause: Extract<Cause, { is: 'match' }>;
  facts: CardFacts;
  /** What CloudTrail calls the making of a group. */
  created: string;
}

/**
 * Finds out how much an alert matters, after its card is posted: what the group grants, who the user is, and what
 * came before. Keeps the ids of user and group, saves the assessment, and looks a second time ten minutes later.
 */
export function assessAlert(needs: AssessNeeds): (job: Job, signal: AbortSignal) => Promise<Handled> {
  const { alerts, clock } = needs;
  const patiently = patience(PATIENCE);
  return async ({ subject: alertId, failures }, signal) => {
    const alert = await alerts.find(alertId);
    if (alert?.cause.is !== 'match' || alert.handling.is === 'resolved') return { is: 'done' };
    const { cause } = alert;
    const second = alert.raisedAt + SECOND_LOOK;
    const isSecond = clock.now() >= second;
    // A second look is for what came late, so what the first one read isn't good enough.
    const notBefore = isSecond ? second - TOGETHER : cause.event.time;
    const facts = await needs.facts.cardFacts(
      { group: cause.object, user: cause.subject },
      { signal, notBefore },
    );
    const rule = needs.ruleOf(alert.ruleId);
    const { created, given } = rule.prelude;
    // IAM itself tells best when the group was made; where it doesn't, CloudTrail may.
    const prelude = facts.group?.origin.is === 'known' ? given : [created, ...given];
    const about = { event: cause.event, object: cause.object, rule, prelude, notBefore };
    // Whoever waits for CloudTrail's quota mustn't keep the next alert from IAM's facts.
    const soon = await patiently(() => historyOf(needs, about, signal), signal);
    const seen = { alert, cause, facts, created };
    const look = lookOf(seen, soon.is === 'read' ? soon.value : READING, clock.now());
    await keep(needs, alert, { look, facts });
    if (soon.is !== 'read') return { is: 'again', at: clock.now() + LATER[soon.is] };
    await wakeOthers(needs, alert, soon.value);

    const left = look.documentsLeft;
    if (left > 0 && left !== alert.assessment?.documentsLeft) return { is: 'again', at: clock.now() };
    const passing = look.unread.find((one) => one.passing);
    if (passing && failures < TRIES) throw new Error(passing.why);
    return isSecond ? { is: 'done' } : { is: 'again', at: second };
  };
}

const READING: History = {
  signals: [],
  unread: [{ why: "CloudTrail's history is still being read", passing: true }],
  mass: [],
};

function lookOf({ alert, cause, facts, created }: Seen, history: History, at: number): Look {
  const { event, subject } = cause;
  const { group, user } = ownFacts(alert, facts);
  const verdict = verdictOf({ group });
  return {
    at,
    granted: verdict && grantedBy(verdict),
    signals: [
      ...signalsOfRecord(event, subject),
      ...signalsOfFacts({ group, user }, verdict, event.time),
      ...history.signals,
      ...chainByOrigin(event, group?.origin, created),
    ],
    unread: [...unreadOf(facts), ...strangers(alert, facts), ...history.unread],
    documentsLeft: group?.unread ?? 0,
  };
}

/** A name can be given anew: facts of another user or group of the same name aren't about this alert. */
function ownFacts({ pinned }: Alert, { group, user }: CardFacts): CardFacts {
  return {
    group: isOther(pinned?.groupId, group?.origin) ? undefined : group,
    user: isOther(pinned?.userId, user?.identity) ? undefined : user,
  };
}

function strangers({ pinned }: Alert, { group, user }: CardFacts): Look['unread'] {
  const said = (kind: string, name: string) => ({
    why: `the ${kind} ${name} was deleted and made again since: this is another one`,
    passing: false,
  });
  return [
    ...(group && isOther(pinned?.groupId, group.origin) ? [said('group', group.group)] : []),
    ...(user && isOther(pinned?.userId, user.identity) ? [said('user', user.user)] : []),
  ];
}

function isOther(id: string | undefined, fact: { is: string; value?: { id: string } } | undefined): boolean {
  return id !== undefined && fact?.is === 'known' && fact.value !== undefined && fact.value.id !== id;
}

/** Those that were assessed when there weren't as many yet. */
async function wakeOthers({ alerts, jobs, clock, wake }: AssessNeeds, { id }: Alert, { mass }: History) {
  const isToldOf = ({ assessment }: Alert): boolean =>
    assessment?.factors.some((factor) => factor.id === 'mass-addition') ?? false;
  const mine = mass.length > 1 ? await alerts.find(id) : undefined;
  if (!mine || !isToldOf(mine)) return;
  // Who was told of it when the past was read stays so; the others are looked at as they are by now.
  for (const other of mass.filter((one) => one.id !== id && !isToldOf(one))) {
    const alert = await alerts.find(other.id);
    if (!alert?.assessment || isToldOf(alert)) continue;
    await jobs.add(assessJob(other.id, clock.now()));
    wake();
  }
}
