import type { Operation, RequestId } from '../domain/response/action.ts';
import type { RoleSnapshot, UserSnapshot } from '../domain/response/snapshot.ts';
import type { Instant } from '../domain/time.ts';
import type { AccountIdentity } from './cloudtrail.ts';

/** Reads IAM with credentials that can change nothing. Throws a `SourceFailure` when it can't read everything. */
export interface IamReader {
  /** Whose credentials these are. */
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  user(name: string, signal: AbortSignal): Promise<UserSnapshot | 'gone'>;
  /** A user's unique id alone, by one call. */
  userId(name: string, signal: AbortSignal): Promise<string | 'gone'>;
  role(name: string, signal: AbortSignal): Promise<RoleSnapshot | 'gone'>;
  group(name: string, signal: AbortSignal): Promise<{ id: string; createdAt: Instant } | 'gone'>;
  /** Users and roles with AdministratorAccess, directly or by a group, as `user/NAME` and `role/NAME`; sorted. */
  administrators(signal: AbortSignal): Promise<string[]>;
}

/** What came of one write. `quota` has a way around; `again` passes by itself; the others need a person. */
export type Performed =
  | { is: 'done'; awsRequestId?: string }
  | { is: 'quota'; why: string }
  | { is: 'gone'; why: string }
  | { is: 'not-allowed'; permission: string; why: string }
  | { is: 'again'; why: string }
  | { is: 'failed'; why: string };

/** Writes to IAM; made for one approved request, with credentials that end by themselves. */
export interface IamWriter {
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  /** One write. Doing what is so already is done, too. */
  perform(operation: Operation, signal: AbortSignal): Promise<Performed>;
}

/** Gives credentials that may write, for an approved request only. */
export interface IamWriters {
  open(approved: { account: string; responseId: RequestId }): IamWriter;
}
