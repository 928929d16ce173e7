import { SECOND_LOOK } from './slack/board/second-look.ts';
import { ANSWER_JOB } from './use-cases/answers/jobs.ts';
import { RESPONSE_JOB } from './use-cases/response/needs.ts';

/**
 * Kinds of jobs that never wait for longer than a failed try does: five minutes. One that is due much later was
 * stored while a clock was ahead, and is done at once: an approved containment must not wait for hours.
 */
export const PROMPT_JOBS: readonly string[] = [
  RESPONSE_JOB.preview,
  RESPONSE_JOB.carryOut,
  ANSWER_JOB.first,
  ANSWER_JOB.fetch,
  SECOND_LOOK,
];
