import { withAnswer } from '../../domain/question/evidence.ts';
import { answered } from '../../domain/question.ts';
import type { QuestionNeeds } from './needs.ts';
import type { AnswerQuestion } from './wish.ts';

const ATTEMPTS = 20;

/**
 * Takes the answer of the person asked, once: as evidence on the guide's step and as a line of the thread. It never
 * closes the alert; "no" raises its score.
 */
export const answerQuestion =
  ({ alerts, audit, questions, ruleOf, clock, wake }: QuestionNeeds): AnswerQuestion =>
  async ({ questionId, said, comment, by, key }) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const question = await questions.find(questionId);
      const alert = question && (await alerts.find(question.alertId));
      if (!question || !alert) return { is: 'gone' };
      const { asked, alertId } = question;
      const at = clock.now();
      const outcome = answered(question, { by: by.id, said, comment, at });
      if (!outcome.ok) {
        const facts = { question: questionId, because: outcome.refusal.because };
        const entry = { at, by, what: 'answer-refused', alertId, facts, key };
        return (await audit.record(entry)) === 'repeated'
          ? { is: 'repeated' }
          : { is: 'refused', refusal: outcome.refusal };
      }
      const after = withAnswer(alert, outcome.question, ruleOf(alert.ruleId).riskScore);
      const score = { score: after.riskScore, severity: after.severity };
      const scoreBefore = { score: alert.riskScore, severity: alert.severity };
      const saving = await questions.save(
        outcome.question,
        {
          entry: {
            at,
            by,
            what: 'question-answered',
            alertId,
            facts: {
              question: questionId,
              asked,
              askedBy: question.by,
              said,
              comment,
              ...score,
              before: scoreBefore,
            },
            key,
          },
          line: true,
        },
        after,
      );
      if (saving === 'repeated') return { is: 'repeated' };
      if (saving === 'saved') {
        wake();
        return { is: 'done', question: outcome.question };
      }
    }
    throw new Error(
      `question ${questionId} or its alert kept changing under ${ATTEMPTS} attempts to save it`,
    );
  };
