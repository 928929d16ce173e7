import type { Alert } from './alert.ts';
import type { Refusal } from './alert-lifecycle.ts';

/** The acts that replace what somebody else may have set: their buttons and modals carry what was seen of it. */
export type Replacing = { do: 'assign' | 'snooze' } | { do: 'mark-step' | 'note-step'; step: string };

/** What such an act would replace, as short text; empty when nothing is there. */
export function seenFor(act: Replacing, alert: Alert): string {
  switch (act.do) {
    case 'assign':
      return alert.assignee?.to ?? '';
    case 'snooze':
      return String(alert.snooze?.until ?? '');
    case 'mark-step': {
      const state = alert.guide[act.step]?.state ?? 'open';
      return state === 'open' ? '' : state;
    }
    case 'note-step':
      return String(alert.guide[act.step]?.note?.at ?? '');
  }
}

/** Who has set it otherwise since the person looked, and so was faster; nobody when it is as they saw it. */
export function overtakenBy(act: Replacing, seen: string, alert: Alert): Refusal | undefined {
  if (seenFor(act, alert) === seen) return undefined;
  switch (act.do) {
    case 'assign':
      return alert.assignee && { because: 'already-assigned', by: alert.assignee.by, at: alert.assignee.at };
    case 'snooze':
      return alert.snooze && { because: 'already-snoozed', by: alert.snooze.by, at: alert.snooze.at };
    case 'mark-step': {
      const mark = alert.guide[act.step];
      return mark && { because: 'already-marked', by: mark.by, at: mark.at };
    }
    case 'note-step': {
      const note = alert.guide[act.step]?.note;
      return note && { because: 'already-noted', by: note.by, at: note.at };
    }
  }
}
