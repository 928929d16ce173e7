import { createHash } from 'node:crypto';

/** Stands for an event that has no eventID: the same content gives the same key, in whatever order it is written. */
export function contentKey(value: unknown): string {
  return hash(JSON.stringify(sorted(value, 0)) ?? '');
}

/** Stands for text that isn't a record. */
export function textKey(text: string): string {
  return hash(text);
}

function hash(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Deeper than any record is; what lies below keeps its own order. */
const DEEPEST = 100;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item, depth + 1)]);
}
