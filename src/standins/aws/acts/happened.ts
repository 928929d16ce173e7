import { type Actor, iamUser } from '../actors.ts';
import { actorWith } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { type CloudTrailRecord, writeRecord } from '../trail/record.ts';

/** Something that was done in the account with whichever service. */
export interface Happened {
  /** `s3.amazonaws.com`, or `s3` for short. */
  eventSource: string;
  eventName: string;
  /** An actor, or the id of a key or session that was issued here. Default: the IAM user `operator` on the CLI. */
  by?: Actor | string;
  /** Default: now. */
  at?: Date;
  /** Default: the account's own. */
  region?: string;
  /** Default: by the name, as in `GetObject`. */
  readOnly?: boolean;
  errorCode?: string;
  errorMessage?: string;
  sourceIp?: string;
  userAgent?: string;
  parameters?: object;
  response?: object;
  lateMs?: number;
  /** Laid over the record, field by field. */
  record?: Record<string, unknown>;
}

/** Writes the record of it; nothing else changes. */
export function recordHappened(estate: Estate, what: Happened): CloudTrailRecord {
  const { eventSource, eventName, at, region, errorCode, lateMs } = what;
  const by = typeof what.by === 'string' ? actorWith(estate, what.by) : (what.by ?? iamUser('operator'));
  return writeRecord(estate, {
    eventSource: eventSource.includes('.') ? eventSource : `${eventSource}.amazonaws.com`,
    eventName,
    by: { ...by, sourceIp: what.sourceIp ?? by.sourceIp, userAgent: what.userAgent ?? by.userAgent },
    at: at?.getTime() ?? estate.clock(),
    region,
    readOnly: what.readOnly ?? /^(Get|List|Describe|Head|Lookup|Assume)/.test(eventName),
    parameters: what.parameters ?? null,
    response: what.response ?? null,
    refused:
      errorCode === undefined ? undefined : { errorCode, errorMessage: what.errorMessage ?? errorCode },
    lateMs,
    over: what.record,
  });
}
