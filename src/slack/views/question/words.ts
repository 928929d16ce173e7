import type { Asked, Said } from '../../../domain/question.ts';

/** What each answer is called, by whom it is from. */
export const ANSWER_WORDS: Record<Asked, Record<Said, string>> = {
  actor: { yes: 'Yes, that was me', no: 'No', unsure: 'Not sure' },
  owner: { yes: 'Yes, I know about it', no: 'No', unsure: 'Not sure' },
};

/** A sign beside the word, for who skims. */
export const ANSWER_SIGNS: Record<Said, string> = { yes: '🙋', no: '🙅', unsure: '🤷' };
