import type { Alert, Verdict } from './alert.ts';
import type { UserId } from './person.ts';
import { overtakenBy } from './seen.ts';
import type { Instant } from './time.ts';

/** What a person wants done with an alert. */
export type Act =
  | { do: 'acknowledge' }
  | { do: 'assign'; to: UserId }
  | { do: 'snooze'; until: Instant }
  | { do: 'resolve'; verdict: Verdict; note: string }
  | { do: 'reopen' }
  | { do: 'open-guide' }
  | { do: 'mark-step'; step: string; state: 'open' | 'done' | 'not-applicable' }
  | { do: 'note-step'; step: string; note: string }
  | { do: 'request-disablement'; user: string; reason: string };

/** An act, by whom and when; `seen` is what its person saw of what it replaces, where that matters. */
export type Step = Act & { by: UserId; at: Instant; seen?: string };

/** Why an act had no effect; `by` and `at` tell who was there before. */
export type Refusal =
  | {
      because: 'already-acknowledged' | 'already-resolved' | 'already-assigned' | 'already-open';
      by?: UserId;
      at?: Instant;
    }
  | {
      because:
        | 'guide-already-open'
        | 'already-marked'
        | 'already-snoozed'
        | 'already-noted'
        | 'already-requested';
      by: UserId;
      at?: Instant;
    }
  | { because: 'resolved'; by: UserId; at: Instant };

export type Outcome = { ok: true; alert: Alert } | { ok: false; refusal: Refusal };

/** The whole lifecycle: what an act makes of an alert, or why it doesn't. Pure. */
export function take(step: Step, alert: Alert): Outcome {
  const { by, at } = step;
  const { handling } = alert;
  if (handling.is === 'resolved' && step.do !== 'reopen') {
    if (step.do === 'resolve')
      return refused({ because: 'already-resolved', by: handling.by, at: handling.at });
    if (step.do !== 'open-guide' && step.do !== 'note-step') {
      return refused({ because: 'resolved', by: handling.by, at: handling.at });
    }
  }
  const refusal = overtaken(step, alert);
  if (refusal) return refused(refusal);
  switch (step.do) {
    case 'acknowledge':
      return handling.is === 'acknowledged'
        ? refused({ because: 'already-acknowledged', by: handling.by, at: handling.at })
        : moved(alert, { handling: { is: 'acknowledged', by, at }, snooze: undefined });
    case 'assign':
      return alert.assignee?.to === step.to
        ? refused({ because: 'already-assigned', by: alert.assignee.by, at: alert.assignee.at })
        : moved(alert, { assignee: { to: step.to, by, at } });
    case 'snooze':
      return moved(alert, { snooze: { until: step.until, by, at } });
    case 'resolve':
      return moved(alert, {
        handling: { is: 'resolved', by, at, verdict: step.verdict, note: step.note },
        snooze: undefined,
      });
    case 'reopen':
      return handling.is === 'resolved'
        ? moved(alert, { handling: { is: 'open' }, reopened: { by, at }, reminded: undefined })
        : refused({ because: 'already-open', by: alert.reopened?.by, at: alert.reopened?.at });
    case 'open-guide':
      return alert.guideOpenedBy
        ? refused({ because: 'guide-already-open', by: alert.guideOpenedBy })
        : moved(alert, { guideOpenedBy: by });
    case 'mark-step':
      return markStep(alert, step, by, at);
    case 'note-step': {
      const mark = alert.guide[step.step] ?? { state: 'open', by, at };
      return moved(alert, {
        guide: { ...alert.guide, [step.step]: { ...mark, note: { text: step.note, by, at } } },
      });
    }
    case 'request-disablement':
      return alert.disablement
        ? refused({ because: 'already-requested', by: alert.disablement.by, at: alert.disablement.at })
        : moved(alert, { disablement: { by, at, user: step.user, reason: step.reason } });
  }
}

function overtaken(step: Step, alert: Alert): Refusal | undefined {
  const replaces =
    step.do === 'assign' || step.do === 'snooze' || step.do === 'mark-step' || step.do === 'note-step';
  return replaces && step.seen !== undefined ? overtakenBy(step, step.seen, alert) : undefined;
}

function markStep(alert: Alert, step: Act & { do: 'mark-step' }, by: UserId, at: Instant): Outcome {
  const mark = alert.guide[step.step];
  if ((mark?.state ?? 'open') === step.state) {
    return refused({ because: 'already-marked', by: mark?.by ?? by, at: mark?.at });
  }
  return moved(alert, { guide: { ...alert.guide, [step.step]: { ...mark, state: step.state, by, at } } });
}

function moved(alert: Alert, change: Partial<Alert>): Outcome {
  return { ok: true, alert: { ...alert, ...change, version: alert.version + 1 } };
}

function refused(refusal: Refusal): Outcome {
  return { ok: false, refusal };
}
