import type {
  AlertStore,
  AuditStore,
  Clock,
  Colleagues,
  IamReader,
  Log,
  QuestionStore,
} from '../../ports.ts';
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
