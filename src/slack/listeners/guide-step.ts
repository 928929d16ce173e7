import { ruleOf } from '../../rules/catalogue.ts';
import type { Desk } from '../desk.ts';
import { STEP_CHOICES } from '../ids.ts';
import { noteModal } from '../views/modals/note.ts';
import { ask } from './ask.ts';
import { type Answer, type Click, onClick, step } from './click.ts';
import { openException } from './exception-form.ts';
import { answerWish } from './fetch-answers.ts';
import { openModal } from './open-modal.ts';

/** The menu of one guide step: marks it, or opens the modal for a note. */
export const guideStep = (desk: Desk) => onClick(desk, (click) => mark(desk, click));

async function mark(desk: Desk, click: Click): Promise<Answer> {
  const [chosen, alertId, stepId = '', seen = ''] = click.carries;
  const choice = STEP_CHOICES.find((known) => known === chosen);
  if (choice === undefined) throw new Error(`a guide step's menu offers no "${chosen}"`);
  if (choice === 'exception') return openException(desk, click, alertId);
  if (choice === 'fetch' || choice === 'cancel' || choice === 'details') {
    return answerWish(desk, click, { do: choice, alertId: alertId ?? '', step: stepId });
  }
  if (choice === 'ask-actor') return ask(desk, click, alertId, 'actor');
  if (choice === 'ask-owner') return ask(desk, click, alertId, 'owner');
  if (choice !== 'note') {
    return step(desk, click, alertId, { do: 'mark-step', step: stepId, state: choice }, seen);
  }
  return openModal(desk, click, alertId, (alert) => {
    const asked = ruleOf(alert.ruleId).guide.find(({ id }) => id === stepId);
    if (!asked) throw new Error(`the guide has no step "${stepId}"`);
    return noteModal(alert, asked);
  });
}
