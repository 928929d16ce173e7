import type { AlertId } from '../domain/alert.ts';
import type { RequestId } from '../domain/response/action.ts';
import type { ResponseRequest } from '../domain/response/request.ts';
import type { Instant } from '../domain/time.ts';
import type { Saving } from './alerts.ts';
import type { NewAuditEntry } from './audit.ts';
import type { NewJob } from './jobs.ts';

/** What a change brings along in its transaction. */
export interface Change {
  entry: NewAuditEntry;
  /** Whether the entry is also a line of the alert's thread. */
  line: boolean;
  jobs?: NewJob[];
}

/** What a change of a request brings along. */
export interface ResponseChange extends Change {
  /** Of a write to IAM: CloudTrail will tell of it, and it must be known as ours. */
  awsRequestId?: string;
}

export interface ResponseStore {
  /** A new request with its card in the thread. `repeated` for a second delivery of the same click. */
  open(request: ResponseRequest, change: ResponseChange): Promise<Saving>;
  /** Saves over `request.version - 1` only, and has every drawing of it and of its alert's card renewed. */
  save(request: ResponseRequest, change: ResponseChange): Promise<Saving>;
  find(id: RequestId): Promise<ResponseRequest | undefined>;
  /** Oldest first. */
  ofAlert(alertId: AlertId): Promise<ResponseRequest[]>;
  /** Requests that wait for a decision, those that expire first before the others, and how many there are in all. */
  pending(now: Instant, limit: number): Promise<{ requests: ResponseRequest[]; total: number }>;
  /** Requests on this target that are neither ended nor undone, whatever alert they are of. */
  liveOn(account: string, target: string): Promise<ResponseRequest[]>;
}
