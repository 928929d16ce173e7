import type { Alert, AlertId } from '../domain/alert.ts';
import { type Escalation, nextCall, remindAt, waitingSince } from '../domain/escalation.ts';
import type { UserId } from '../domain/person.ts';
import { MINUTE } from '../domain/time.ts';
import type { AlertStore, Deed, Raised } from '../ports/alerts.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Handled, Job, NewJob } from '../ports/jobs.ts';
import type { MessageStore } from '../ports/messages.ts';
import type { Storage } from '../ports/storage.ts';

/** Kind of the job that every alert brings which is to call for somebody. Stored: don't rename. */
export const REMIND_JOB = 'alert.remind';

/**
 * The same stores, but whatever raises an alert or changes it (its severity, a reopening, the end of a snooze, an
 * answer) owes its next reminder with the same stroke.
 */
export function owingReminders<Stores extends Pick<Storage, 'alerts' | 'attempts' | 'questions'>>(
  stores: Stores,
  plan: Escalation,
): Stores {
  const { alerts, attempts, questions } = stores;
  const owed = (alert: Alert): NewJob[] => {
    const dueAt = remindAt(alert, plan);
    const { id: subject } = alert;
    return dueAt === undefined ? [] : [{ id: `${REMIND_JOB}:${subject}`, kind: REMIND_JOB, subject, dueAt }];
  };
  const owing = (one: Raised): Raised => ({ ...one, jobs: [...(one.jobs ?? []), ...owed(one.alert)] });
  return {
    ...stores,
    alerts: {
      ...alerts,
      raise: (batch, ...rest) => alerts.raise(batch.map(owing), ...rest),
      save: (alert, deed) => alerts.save(alert, { ...deed, jobs: [...(deed.jobs ?? []), ...owed(alert)] }),
    },
    attempts: {
      ...attempts,
      count: (of, within, judge) =>
        attempts.count(of, within, (near) =>
          judge(near).map((one) => ({ ...one, raised: owing(one.raised) })),
        ),
    },
    questions: {
      ...questions,
      save: (question, change, alert) => {
        const jobs = [...(change.jobs ?? []), ...(alert ? owed(alert) : [])];
        return questions.save(question, { ...change, jobs }, alert);
      },
    },
  };
}

interface Needs {
  /** Those that owe reminders: each one then owes the next. */
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  plan: Escalation;
  clock: Clock;
  wake: () => void;
}

/** Calls for somebody when an alert has waited long enough as it is now: on record, and as a line of its thread. */
export const remind =
  ({ alerts, audit, messages, plan, clock, wake }: Needs) =>
  async ({ subject }: Job): Promise<Handled> => {
    const alert = await alerts.find(subject);
    if (!alert || remindAt(alert, plan) === undefined) return { is: 'done' };
    const at = clock.now();
    const card = await messages.cardOf(subject);
    // It stands in a digest only; once it has a card, that is owed anew.
    if (card?.wantedVersion === 0) return { is: 'done' };
    // Nobody can take what nobody can see.
    if (!card?.ts) return { is: 'again', at: at + MINUTE };
    const dueAt = remindAt(alert, plan, { shownAt: card.shownAt, now: at }) ?? at;
    if (at < dueAt) return { is: 'again', at: dueAt };
    const call = nextCall(alert, plan, await havingDealtWith(audit, alert.id));
    if (!call) return { is: 'done' };
    const { id, severity, version } = alert;
    const deed: Deed = {
      act: { do: 'remind', ...call, severity, waited: at - waitingSince(alert) },
      at,
      key: `${REMIND_JOB}:${id}:${version}`,
    };
    const after = { ...alert, version: version + 1, reminded: { times: call.number, at } };
    // Somebody moved it meanwhile, and may have taken it: look again.
    if ((await alerts.save(after, deed)) === 'moved-on') return { is: 'again', at };
    wake();
    return { is: 'done' };
  };

const DEALT_WITH = ['acknowledge', 'resolve', 'reopen'];

/** Who acknowledged, resolved or reopened it at any time: they know of it. */
async function havingDealtWith(audit: AuditStore, alertId: AlertId): Promise<UserId[]> {
  const history = await audit.historyOf(alertId);
  return history.flatMap(({ what, by }) => (by && DEALT_WITH.includes(what) ? [by.id] : []));
}
