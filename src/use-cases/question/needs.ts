import type { AlertStore } from '../../ports/alerts.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { IamReader } from '../../ports/iam.ts';
import type { Log } from '../../ports/log.ts';
import type { Colleagues, QuestionStore } from '../../ports/questions.ts';
import type { Rule } from '../../rules/rule.ts';

/** What the use cases of questions work with. */
export interface QuestionNeeds {
  alerts: Pick<AlertStore, 'find'>;
  audit: Pick<AuditStore, 'record'>;
  questions: QuestionStore;
  colleagues: Colleagues;
  /** For the tags of users. */
  reader: Pick<IamReader, 'user'>;
  ruleOf: (id: string) => Rule;
  clock: Clock;
  log: Log;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** Kind of the job that says when no answer has come. Stored: don't rename. */
export const OVERDUE_JOB = 'question.overdue';
