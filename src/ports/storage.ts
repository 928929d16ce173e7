import type { AlertStore } from './alerts.ts';
import type { AnswerStore } from './answers.ts';
import type { AttemptStore } from './attempts.ts';
import type { AuditStore } from './audit.ts';
import type { BurstStore } from './bursts.ts';
import type { CountStore, ExceptionStore } from './exceptions.ts';
import type { HomeStore } from './homes.ts';
import type { JobStore } from './jobs.ts';
import type { LeaseStore } from './leases.ts';
import type { MessageStore } from './messages.ts';
import type { QuestionStore } from './questions.ts';
import type { ReplicaStore } from './replicas.ts';
import type { ResponseStore } from './responses.ts';
import type { RetentionStore } from './retention.ts';
import type { WatchStore } from './watches.ts';

export interface Storage {
  answers: AnswerStore;
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  bursts: BurstStore;
  jobs: JobStore;
  responses: ResponseStore;
  exceptions: ExceptionStore;
  questions: QuestionStore;
  attempts: AttemptStore;
  leases: LeaseStore;
  replicas: ReplicaStore;
  retention: RetentionStore;
  watches: WatchStore;
  homes: HomeStore;
  counts: CountStore;
  close(): Promise<void>;
}
