import type { ResponseAction } from '../../domain/response/action.ts';
import { choicesFor } from '../../domain/response/choices.ts';
import { canBeTakenBack } from '../../domain/response/lifecycle.ts';
import { findAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { INPUT } from '../ids.ts';
import { answerOf, isTicked } from '../payloads.ts';
import { mrkdwn } from '../text.ts';
import { gone, goneResponse } from '../views/refusal.ts';
import { undoModal } from '../views/response/decision-modals.ts';
import { responseRefusalText } from '../views/response/refusal.ts';
import { requestModal } from '../views/response/request-modal.ts';
import { onClick } from './click.ts';
import { showModal } from './open-modal.ts';
import { respondTo } from './response-answer.ts';
import { onSubmission, type Reply } from './submission.ts';

const wrong = (input: string, say: string): Reply => ({ errors: { [input]: say } });

const NO_REASON = 'Say why, so that whoever approves can judge.';

/** Asks what should be done and why; nothing is requested until the form is submitted. */
export const requestDisablement = (desk: Desk) =>
  onClick(desk, async (click) => {
    const alert = await desk.alerts.find(click.carries[0] ?? '');
    if (!alert) return gone();
    return choicesFor(alert, desk).length === 0
      ? mrkdwn`The record names nobody whom a response could act on.`
      : showModal(desk, click, requestModal(alert, desk));
  });

export const submitRequest = (desk: Desk) =>
  onSubmission(desk, async ({ payload, carries: [alertId = ''], by, key }) => {
    const alert = await desk.alerts.find(alertId);
    if (!alert) return { say: gone() };
    const chosen = answerOf(payload, INPUT.response);
    const choice = choicesFor(alert, desk).find((one) => one.choice === chosen);
    if (!choice) return wrong(INPUT.response, 'Choose what should be done.');
    const deletePassword = isTicked(payload, INPUT.deletePassword);
    if (deletePassword && choice.action.do !== 'disable-user')
      return wrong(INPUT.deletePassword, 'This goes with disabling a user only: untick it, or choose that.');
    const reason = answerOf(payload, INPUT.reason);
    if (!reason) return wrong(INPUT.reason, NO_REASON);
    const action: ResponseAction =
      choice.action.do === 'disable-user' ? { ...choice.action, deletePassword } : choice.action;
    return respondTo(await desk.respond({ do: 'request', alertId, action, reason, by, key }), by.id);
  });

/** Asks why a response should be taken back; that is a request of its own. */
export const requestUndo = (desk: Desk) =>
  onClick(desk, async (click) => {
    const asked = await findAsked(desk, click.carries[0]);
    if (!asked) return goneResponse();
    const { action, state } = asked.request;
    return action.do !== 'undo' && canBeTakenBack(asked.request)
      ? showModal(desk, click, undoModal(asked))
      : responseRefusalText({ because: 'not-now', is: state.is }, { me: click.by.id });
  });

export const submitUndo = (desk: Desk) =>
  onSubmission(desk, async ({ payload, carries: [of = ''], by, key }) => {
    const original = await desk.responses.find(of);
    if (!original) return { say: goneResponse() };
    const reason = answerOf(payload, INPUT.reason);
    if (!reason) return wrong(INPUT.reason, NO_REASON);
    const action = { do: 'undo', of, reactivate: isTicked(payload, INPUT.reactivate) } as const;
    const { alertId } = original;
    return respondTo(await desk.respond({ do: 'request', alertId, action, reason, by, key }), by.id);
  });
