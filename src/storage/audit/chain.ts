import { hash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AuditTable } from '../schema.ts';

/** A row of the table `audit`, as the database gives it. */
export type AuditRow = Selectable<AuditTable>;

/** The end of the chain: what `audit_head` says. */
export interface AuditHead {
  sequence: number;
  hash: string;
}

/** What the first entry has as the hash before it: sixty-four zeros. */
export const GENESIS = '0'.repeat(64);

/** Every column but `hash`, in the order in which they are hashed, by the names that an export gives them. */
const FORM = [
  ['sequence', 'sequence'],
  ['at', 'at'],
  ['alertId', 'alert_id'],
  ['responseId', 'response_id'],
  ['by', 'by'],
  ['byName', 'by_name'],
  ['byTeam', 'by_team'],
  ['what', 'what'],
  ['from', 'from_state'],
  ['to', 'to_state'],
  ['facts', 'facts'],
  ['key', 'request_key'],
  ['previousHash', 'previous_hash'],
] as const satisfies (readonly [string, keyof AuditRow])[];

/**
 * The text that is hashed: JSON with its keys in this order, none left out. Two rows that differ in anything have
 * different texts. It never changes, or every chain there is would break: new columns go into `facts`.
 */
export function canonical(row: Omit<AuditRow, 'hash'>): string {
  const members = FORM.map(([name, column]) => {
    const value = row[column];
    return `"${name}":${column === 'facts' && isObject(value) ? value : JSON.stringify(value)}`;
  });
  return `{${members.join(',')}}`;
}

/** SHA-256 in hexadecimal of the canonical text, which has the hash before in it. */
export function hashOf(row: Omit<AuditRow, 'hash'>): string {
  return hash('sha256', canonical(row));
}

/** The canonical text with the hash as its last member: without that, it is the text that was hashed. */
export function exportLine(row: AuditRow): string {
  return `${canonical(row).slice(0, -1)},"hash":${JSON.stringify(row.hash)}}`;
}

/** JSON that is the same for the same facts: keys sorted on every level, what is undefined left out. */
export function factsText(facts: unknown): string {
  if (Array.isArray(facts)) return `[${facts.map((item) => factsText(item ?? null)).join(',')}]`;
  if (typeof facts !== 'object' || facts === null) return JSON.stringify(facts);
  const members = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${factsText(value)}`);
  return `{${members.join(',')}}`;
}

/** Facts go into the canonical text as they stand; text that is no JSON object was put there by hand, and is quoted. */
function isObject(text: unknown): boolean {
  try {
    const value: unknown = typeof text === 'string' && JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
