import { type AuditHead, type AuditRow, GENESIS, hashOf } from './chain.ts';

/** What a walk along the chain came to; `sequence` is that of the first entry that isn't as it was written. */
export type Verdict =
  | { is: 'whole'; verified: number; head: AuditHead }
  | { is: 'broken'; verified: number; head: AuditHead | undefined; sequence: number; why: string };

/** Walks the whole chain, from its first entry to its head, with one row in memory at a time. */
export async function verify(rows: AsyncIterable<AuditRow>, head: AuditHead | undefined): Promise<Verdict> {
  let last: AuditHead = { sequence: 0, hash: GENESIS };
  const broken = (sequence: number, why: string): Verdict => {
    return { is: 'broken', verified: last.sequence, head, sequence, why };
  };
  for await (const row of rows) {
    const next = last.sequence + 1;
    const why = troubleOf(row, last);
    if (why) return broken(Math.min(next, row.sequence), why);
    last = { sequence: row.sequence, hash: row.hash };
  }
  if (!head) return broken(last.sequence, 'head differs: the row of audit_head is gone');
  if (head.sequence > last.sequence) {
    const missing = head.sequence - last.sequence;
    return broken(last.sequence + 1, `head differs: ${missing} missing at the end, up to ${head.sequence}`);
  }
  if (head.sequence < last.sequence)
    return broken(head.sequence + 1, `head differs: the log should end at ${head.sequence}`);
  if (head.hash !== last.hash)
    return broken(last.sequence, 'head differs: audit_head has another hash for the last entry');
  return { is: 'whole', verified: last.sequence, head };
}

function troubleOf(row: AuditRow, last: AuditHead): string | undefined {
  const next = last.sequence + 1;
  if (row.sequence > next) return `gap: the next entry there is is ${row.sequence}`;
  if (row.sequence !== next) return `gap: ${next} should be next`;
  if (row.hash !== hashOf(row)) return 'hash differs: something in this entry was changed';
  if (row.previous_hash !== last.hash)
    return 'previous hash differs: this entry or the one before it was written anew';
  return undefined;
}
