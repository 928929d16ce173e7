import { z } from 'zod';
import type { AuditEntry, NewAuditEntry } from '../../ports/audit.ts';
import { storable } from '../text.ts';
import { type AuditHead, type AuditRow, factsText, hashOf } from './chain.ts';

const facts = z.record(z.string(), z.unknown());

const text = (value: string | undefined): string | null => (value === undefined ? null : storable(value));

/** The row that an entry becomes behind the head. */
export function nextRow(entry: NewAuditEntry, head: AuditHead): AuditRow {
  const row = {
    sequence: head.sequence + 1,
    at: entry.at,
    alert_id: text(entry.alertId),
    response_id: text(entry.responseId),
    by: text(entry.by?.id),
    by_name: text(entry.by?.name),
    by_team: text(entry.by?.team),
    what: storable(entry.what),
    from_state: text(entry.from),
    to_state: text(entry.to),
    facts: factsText(entry.facts),
    request_key: text(entry.key),
    previous_hash: head.hash,
  };
  return { ...row, hash: hashOf(row) };
}

/** The entry in a row; a row that doesn't hold one is an error that names it. */
export function entryOf(row: AuditRow): AuditEntry {
  return {
    sequence: row.sequence,
    at: row.at,
    by:
      row.by === null
        ? undefined
        : { id: row.by, name: row.by_name ?? undefined, team: row.by_team ?? undefined },
    what: row.what,
    alertId: row.alert_id ?? undefined,
    responseId: row.response_id ?? undefined,
    from: row.from_state ?? undefined,
    to: row.to_state ?? undefined,
    facts: factsOf(row),
    key: row.request_key ?? undefined,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

function factsOf({ sequence, facts: json }: AuditRow): Record<string, unknown> {
  try {
    return facts.parse(JSON.parse(json));
  } catch (error) {
    throw new Error(`table audit, sequence ${sequence}: the facts are not a JSON object`, { cause: error });
  }
}
