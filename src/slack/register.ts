import type { App } from '@slack/bolt';
import type { Desk } from './desk.ts';
import { ACTION, COMMAND, MODAL } from './ids.ts';
import { acknowledge } from './listeners/acknowledge.ts';
import { turnPage } from './listeners/answer-page.ts';
import { cardMenu } from './listeners/card-menu.ts';
import { command } from './listeners/command.ts';
import { guideStep } from './listeners/guide-step.ts';
import { openGuide } from './listeners/open-guide.ts';
import { requestDisablement } from './listeners/request-disablement.ts';
import { assignTo, noteStep, resolve, snooze, submitDisablement } from './listeners/submissions.ts';

/** Everything that a person can do. */
export function register(app: App, desk: Desk): void {
  app.command(COMMAND, command(desk));

  app.action(ACTION.acknowledge, acknowledge(desk));
  app.action(ACTION.openGuide, openGuide(desk));
  app.action(ACTION.requestDisablement, requestDisablement(desk));
  app.action(ACTION.menu, cardMenu(desk));
  app.action(ACTION.guideStep, guideStep(desk));
  app.action(ACTION.older, turnPage(desk));
  app.action(ACTION.newer, turnPage(desk));

  app.view(MODAL.assign, assignTo(desk));
  app.view(MODAL.snooze, snooze(desk));
  app.view(MODAL.resolve, resolve(desk));
  app.view(MODAL.noteStep, noteStep(desk));
  app.view(MODAL.requestDisablement, submitDisablement(desk));

  app.error(async (error) => {
    desk.log.error({ error }, 'a listener failed');
  });
}
