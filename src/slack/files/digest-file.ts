import type { Alert } from '../../domain/alert.ts';
import { utc } from '../../domain/answer.ts';
import type { Digest } from '../../ports/messages.ts';
import type { Drawn } from '../drawn.ts';
import { csvOf } from './csv.ts';

const COLUMNS = [
  'alert',
  'time (UTC)',
  'severity',
  'score',
  'state',
  'actor',
  'actor ARN',
  'user',
  'group',
  'account',
  'Region',
  'address',
  'event',
];

/** Every alert of a digest, with all names. */
export function digestFile({ id, at }: Digest, alerts: readonly Alert[]): Drawn {
  const title = `Alerts of the digest ${id}, ${utc(at)} UTC`;
  const rows = alerts.toSorted((one, other) => one.eventTime - other.eventTime).map(row);
  return {
    text: title,
    blocks: [],
    file: { name: `${id}.csv`, title, bytes: csvOf({ columns: COLUMNS, rows }) },
  };
}

function row({
  id,
  eventTime,
  severity,
  riskScore,
  handling,
  account,
  region,
  cause,
  eventKey,
}: Alert): string[] {
  const match = cause.is === 'match' ? cause : undefined;
  return [
    id,
    utc(eventTime),
    severity,
    String(riskScore),
    handling.is,
    match?.event.actor.name ?? '',
    match?.event.actor.arn ?? '',
    match?.subject ?? '',
    match?.object ?? '',
    account,
    region,
    match?.event.sourceAddress.text ?? '',
    match?.event.eventId ?? eventKey,
  ];
}
