import { ANSWERS, answered, type Said } from '../../domain/question.ts';
import type { Desk } from '../desk.ts';
import { INPUT } from '../ids.ts';
import { answerOf } from '../payloads.ts';
import { answerModal } from '../views/question/modal.ts';
import { answerAnswer } from '../views/question/refusal.ts';
import { onClick } from './click.ts';
import { showModal } from './open-modal.ts';
import { onSubmission } from './submission.ts';

/** Opens the form that takes the answer; only for the person asked, and only while there is none. */
export const answerWith = (desk: Desk, said: Said) =>
  onClick(
    desk,
    async (click) => {
      const question = await desk.questions.find(click.carries[0] ?? '');
      const alert = question && (await desk.alerts.find(question.alertId));
      if (!question || !alert) return answerAnswer({ is: 'gone' });
      const may = answered(question, { by: click.by.id, said, at: desk.clock.now() });
      return may.ok
        ? showModal(desk, click, answerModal(question, alert, said))
        : answerAnswer({ is: 'refused', refusal: may.refusal });
    },
    'mayAnswer',
  );

export const sendAnswer = (desk: Desk) =>
  onSubmission(
    desk,
    async ({ payload, carries: [questionId = '', chosen], by, key }) => {
      const said = ANSWERS.find((known) => known === chosen);
      if (!said) throw new Error(`a question takes no answer "${chosen}"`);
      const comment = answerOf(payload, INPUT.comment) || undefined;
      const say = answerAnswer(await desk.answerQuestion({ questionId, said, comment, by, key }));
      return say && { say };
    },
    'mayAnswer',
  );
