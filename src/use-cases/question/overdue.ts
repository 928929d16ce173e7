import { isOverdue, PATIENCE } from '../../domain/question.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import type { QuestionNeeds } from './needs.ts';

/** Says in the thread that no answer has come. One that comes later still counts. */
export const sayOverdue =
  ({ questions, clock, wake }: Pick<QuestionNeeds, 'questions' | 'clock' | 'wake'>) =>
  async ({ subject }: Job): Promise<Handled> => {
    const question = await questions.find(subject);
    if (!question || question.answer || question.overdueAt !== undefined) return { is: 'done' };
    const at = clock.now();
    if (!isOverdue(question, at)) return { is: 'again', at: question.at + PATIENCE };
    const { id, alertId, asked, to, version } = question;
    const saving = await questions.save(
      { ...question, overdueAt: at, version: version + 1 },
      {
        entry: {
          at,
          what: 'question-unanswered',
          alertId,
          facts: { question: id, asked, to },
          key: `question-unanswered:${id}`,
        },
        line: true,
      },
    );
    // Somebody has answered at this very moment; the next look sees it.
    if (saving === 'moved-on') return { is: 'again', at };
    wake();
    return { is: 'done' };
  };
