import type { Question } from '../../src/domain/question.ts';

/** Ana has asked Alice at the beginning of time whether it was her; or what a test wants. */
export function aQuestion(different: Partial<Question> = {}): Question {
  return {
    id: 'QU-0000000001',
    version: 1,
    alertId: 'GW-1',
    asked: 'actor',
    to: 'U0ALICE',
    email: 'alice@example.com',
    where: 'session name',
    conversation: 'D0ALICE',
    by: 'U0ANA',
    at: 0,
    ...different,
  };
}
