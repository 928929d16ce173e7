import type { CloudTrailEvent, Reading } from '../domain/event.ts';
import { readActor } from './record-actor.ts';
import { readAddress } from './record-address.ts';
import { type Fields, fields, flag, id, text } from './record-fields.ts';
import { contentKey, textKey } from './record-key.ts';
import { readTime } from './record-time.ts';

/** What is known from elsewhere, for records that leave it out. */
export interface Hint {
  account?: string;
  region?: string;
}

/**
 * Reads one CloudTrail record. Never throws: what can't be read keeps its text and says why.
 * Source: docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readRecord(raw: string, hint: Hint = {}): Reading {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return unreadable(raw, 'it is not JSON');
  }
  return readRecordValue(value, raw, hint);
}

/** The same for a record that is parsed already; `raw` is the text that it came from. */
export function readRecordValue(value: unknown, raw: string, hint: Hint = {}): Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable(raw, 'it is not a JSON object');
  }
  const record = fields(value);
  const source = text(record.eventSource);
  const name = text(record.eventName);
  const time = readTime(record.eventTime);
  if (!source || !name) return unreadable(raw, 'it has no eventSource or no eventName');
  if (time === undefined) return unreadable(raw, 'its eventTime is missing or not a time');
  try {
    return { is: 'event', raw, event: eventOf(record, { source, name, time }, hint) };
  } catch (error) {
    return unreadable(raw, `reading it failed: ${String(error).slice(0, 200)}`);
  }
}

function unreadable(raw: string, why: string): Reading {
  return { is: 'unreadable', key: textKey(raw), why, raw };
}

function eventOf(
  record: Fields,
  sure: Pick<CloudTrailEvent, 'source' | 'name' | 'time'>,
  hint: Hint,
): CloudTrailEvent {
  const eventId = id(record.eventID);
  const actor = readActor(record.userIdentity);
  const parameters = fields(record.requestParameters);
  const userAgent = text(record.userAgent);
  return {
    ...sure,
    key: eventId ?? contentKey(record),
    eventId,
    requestId: id(record.requestID),
    account: id(record.recipientAccountId) ?? actor.accountId ?? hint.account ?? 'unknown',
    region: text(record.awsRegion) ?? hint.region ?? 'unknown',
    errorCode: text(record.errorCode),
    errorMessage: text(record.errorMessage),
    parameters: namedText(parameters),
    parametersOmitted: flag(parameters.omitted),
    actor,
    sourceAddress: readAddress(record.sourceIPAddress),
    userAgent,
    fromConsole: flag(record.sessionCredentialFromConsole) === true || looksLikeConsole(userAgent),
    readOnly: flag(record.readOnly),
    addendum: addendumOf(fields(record.addendum)),
  };
}

function namedText(parameters: Fields): Record<string, string> {
  const named = Object.entries(parameters).flatMap(([key, value]) => {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain && key !== '__proto__' ? [[key, String(value)] as const] : [];
  });
  return Object.fromEntries(named);
}

function addendumOf({ reason, originalEventID, updatedFields }: Fields): CloudTrailEvent['addendum'] {
  const why = text(reason);
  if (!why) return undefined;
  return { reason: why, originalEventId: id(originalEventID), updatedFields: text(updatedFields) };
}

/** A signal, not a proof: who calls writes the user agent. */
function looksLikeConsole(userAgent = ''): boolean {
  return /^(console|signin)\.amazonaws\.com|^AWSConsole|^\[S3Console|^AWS Internal/.test(userAgent);
}
