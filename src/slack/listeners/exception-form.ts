import { DAY } from '../../domain/time.ts';
import { canBeExempted } from '../../use-cases/exception/needs.ts';
import type { Wanted } from '../../use-cases/exception/wish.ts';
import type { Desk } from '../desk.ts';
import { INPUT, pack } from '../ids.ts';
import { answerOf, tickedIn } from '../payloads.ts';
import { exceptionForm } from '../views/exception/form.ts';
import { exceptionPreview } from '../views/exception/preview.ts';
import { exceptionAnswer, exceptionRefusalText } from '../views/exception/refusal.ts';
import { gone } from '../views/refusal.ts';
import type { Answer, Click } from './click.ts';
import { showModal } from './open-modal.ts';
import { onSubmission, type Reply } from './submission.ts';

/** Asks what of an alert is known behaviour. */
export async function openException(desk: Desk, click: Click, alertId: string | undefined): Promise<Answer> {
  const alert = await desk.alerts.find(alertId ?? '');
  if (!alert) return gone();
  return canBeExempted(alert)
    ? showModal(desk, click, exceptionForm(alert))
    : exceptionRefusalText({ because: 'nothing-to-exempt' }, { me: click.by.id });
}

/** Shows what it would have hidden, on top of the form; nothing is saved yet. */
export const submitException = (desk: Desk) =>
  onSubmission(desk, async ({ payload, carries: [alertId = ''], by }) => {
    const chosen = tickedIn(payload, INPUT.conditions);
    const days = answerOf(payload, INPUT.expiry);
    const reason = answerOf(payload, INPUT.reason);
    const preview = await desk.previewException({ ...wanted(alertId, chosen, days, reason), by });
    if (preview.is === 'flawed') return flawed(preview.flaws);
    if (preview.is !== 'ready') return tell(exceptionAnswer(preview, by.id));
    const carries = pack(alertId, chosen.join(','), days, reason);
    return { push: exceptionPreview(preview.exception, preview.hidden, { ...desk, carries }) };
  });

/** Saves what was previewed; everything is checked anew, since the form is a pointer and no proof. */
export const saveException = (desk: Desk) =>
  onSubmission(desk, async ({ carries: [alertId = '', chosen = '', days = '', ...reason], by, key }) => {
    const wish = wanted(alertId, chosen.split(','), days, pack(...reason));
    const result = await desk.except({ do: 'add', ...wish, by, key });
    return tell(exceptionAnswer(result, by.id)) ?? { closeAll: true };
  });

const wanted = (alertId: string, chosen: readonly string[], days: string, reason: string): Wanted => ({
  alertId,
  chosen,
  reason,
  lasts: Number(days) * DAY,
});

const tell = (say: Answer): Reply => say && { say };

/** Each flaw under its input; all conditions are one. */
function flawed(flaws: readonly { in: string; why: string }[]): Reply {
  const errors: Record<string, string> = {};
  for (const { in: where, why } of flaws) {
    const input = where === 'reason' ? INPUT.reason : where === 'expiry' ? INPUT.expiry : INPUT.conditions;
    errors[input] = errors[input] === undefined ? why : `${errors[input]} ${why}`;
  }
  return { errors };
}
