import type { AlertId } from '../../domain/alert.ts';
import type { Instant } from '../../domain/time.ts';
import type { NewJob } from '../../ports/jobs.ts';

/** Kinds of jobs. Stored: don't rename. */
export const ANSWER_JOB = { fetch: 'answer.fetch', first: 'answer.first' } as const;

/** Owed when somebody asks for the answer to a step. */
export const fetchJob = (alertId: AlertId, step: string, dueAt: Instant): NewJob => ({
  id: `${ANSWER_JOB.fetch}:${alertId}:${step}`,
  kind: ANSWER_JOB.fetch,
  subject: `${alertId}|${step}`,
  dueAt,
});

/** Owed when a guide is opened. */
export const firstJob = (alertId: AlertId, dueAt: Instant): NewJob => ({
  id: `${ANSWER_JOB.first}:${alertId}`,
  kind: ANSWER_JOB.first,
  subject: alertId,
  dueAt,
});

export function stepOf(subject: string): { alertId: AlertId; step: string } {
  const [alertId = '', step = ''] = subject.split('|');
  return { alertId, step };
}
