import type { App } from '@slack/bolt';
import type { Desk } from './desk.ts';
import { ACTION, COMMAND, MODAL } from './ids.ts';
import { acknowledge } from './listeners/acknowledge.ts';
import { turnPage } from './listeners/answer-page.ts';
import { answerWith, sendAnswer } from './listeners/answer-question.ts';
import { cardMenu } from './listeners/card-menu.ts';
import { command } from './listeners/command.ts';
import { approveException, denyException, endException } from './listeners/exception-decision.ts';
import { saveException, submitException } from './listeners/exception-form.ts';
import { fetchAnswers } from './listeners/fetch-answers.ts';
import { guideStep } from './listeners/guide-step.ts';
import { followLink, openHome, turnHome } from './listeners/home.ts';
import { cancelLookUp, lookUpAgain } from './listeners/look-up.ts';
import { openGuide } from './listeners/open-guide.ts';
import {
  approveResponse,
  denyResponse,
  submitApproval,
  submitDenial,
} from './listeners/response-decision.ts';
import { requestDisablement, requestUndo, submitRequest, submitUndo } from './listeners/response-request.ts';
import { markRun, retryResponse, withdrawResponse } from './listeners/response-steps.ts';
import { assignTo, noteStep, resolve, snooze } from './listeners/submissions.ts';

/** Everything that a person can do. */
export function register(app: App, desk: Desk): void {
  app.command(COMMAND, command(desk));
  app.event('app_home_opened', openHome(desk));

  app.action(ACTION.acknowledge, acknowledge(desk));
  app.action(ACTION.openGuide, openGuide(desk));
  app.action(ACTION.requestDisablement, requestDisablement(desk));
  app.action(ACTION.menu, cardMenu(desk));
  app.action(ACTION.guideStep, guideStep(desk));
  app.action(ACTION.stepOffer, guideStep(desk));
  app.action(ACTION.fetchAnswers, fetchAnswers(desk));
  app.action(ACTION.approveResponse, approveResponse(desk));
  app.action(ACTION.denyResponse, denyResponse(desk));
  app.action(ACTION.withdrawResponse, withdrawResponse(desk));
  app.action(ACTION.retryResponse, retryResponse(desk));
  app.action(ACTION.undoResponse, requestUndo(desk));
  app.action(ACTION.markRun, markRun(desk));
  app.action(ACTION.approveException, approveException(desk));
  app.action(ACTION.denyException, denyException(desk));
  app.action(ACTION.endException, endException(desk));
  app.action(ACTION.answerYes, answerWith(desk, 'yes'));
  app.action(ACTION.answerNo, answerWith(desk, 'no'));
  app.action(ACTION.answerUnsure, answerWith(desk, 'unsure'));
  for (const id of [ACTION.lookUp, ACTION.lookUpLonger, ACTION.lookUpLongest])
    app.action(id, lookUpAgain(desk));
  app.action(ACTION.cancelLookUp, cancelLookUp(desk));
  app.action(ACTION.homeOlder, turnHome(desk));
  app.action(ACTION.homeNewer, turnHome(desk));
  app.action(ACTION.openCard, followLink);
  app.action(ACTION.older, turnPage(desk));
  app.action(ACTION.newer, turnPage(desk));

  app.view(MODAL.assign, assignTo(desk));
  app.view(MODAL.snooze, snooze(desk));
  app.view(MODAL.resolve, resolve(desk));
  app.view(MODAL.noteStep, noteStep(desk));
  app.view(MODAL.requestDisablement, submitRequest(desk));
  app.view(MODAL.approveResponse, submitApproval(desk));
  app.view(MODAL.denyResponse, submitDenial(desk));
  app.view(MODAL.undoResponse, submitUndo(desk));
  app.view(MODAL.exception, submitException(desk));
  app.view(MODAL.exceptionPreview, saveException(desk));
  app.view(MODAL.answer, sendAnswer(desk));

  app.error(async (error) => {
    desk.log.error({ error }, 'a listener failed');
  });
}
