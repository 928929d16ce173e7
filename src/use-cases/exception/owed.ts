import type { Exception } from '../../domain/exception.ts';
import { DAY, type Instant } from '../../domain/time.ts';
import type { NewJob } from '../../ports/jobs.ts';
import { EXCEPTION_JOB } from './needs.ts';

const WEEK = 7 * DAY;

/** What an exception owes from now on: its end, and once it is active the announcement of that. */
export function owedFor({ id, state, expiresAt }: Exception, now: Instant): NewJob[] {
  const job = (kind: string, dueAt: Instant): NewJob => ({ id: `${kind}:${id}`, kind, subject: id, dueAt });
  // Of one that lasts for a week, the week before its end would be at once, and tell nobody anything.
  const before = expiresAt - now > WEEK ? WEEK : DAY;
  return [
    job(EXCEPTION_JOB.expire, expiresAt),
    ...(state.is === 'active' ? [job(EXCEPTION_JOB.announce, expiresAt - before)] : []),
  ];
}
