import type { AlertId } from './alert.ts';
import type { UserId } from './person.ts';
import type { Instant } from './time.ts';

/** A piece of a sentence. Nothing in it is markup: what is bold or a link is said to be, and the view makes it so. */
export type Part =
  | { say: string }
  | { name: string }
  | { strong: string }
  | { at: Instant }
  | { person: UserId }
  | { alert: AlertId }
  | { link: string; to: string };

export type Sentence = Part[];

/** Rows of outside text, each as long as there are columns. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** Calls by hour and service, to be drawn; `marked` is when it happened. */
export interface Timeline {
  title: string;
  marked: Instant;
  hours: { start: Instant; services: Record<string, number> }[];
}

/** What a machine can say to one question of the guide. It informs; only a person marks a step done. */
export interface Answer {
  /** When the world was asked: the oldest part counts. */
  at: Instant;
  /** Whom: CloudTrail, IAM, our own alerts. */
  source: string;
  /** What the guide shows. */
  short: Sentence[];
  /** What is said besides, where there is room. */
  more: Sentence[];
  table?: Table;
  picture?: Timeline;
  /** What couldn't be read, and which permission it takes: sentences that quote AWS. */
  missing: string[];
}

type Value = Part | string | number;

/** A sentence of our own words, with what is put in as it is: a plain value is text, never markup. */
export function say(words: TemplateStringsArray, ...values: Value[]): Sentence {
  const parts = words.flatMap((text, index): Part[] => {
    const value = values[index];
    const said: Part[] = text === '' ? [] : [{ say: text }];
    if (index >= values.length || value === undefined) return said;
    return [...said, typeof value === 'object' ? value : { say: String(value) }];
  });
  return parts.filter((part) => !('say' in part) || part.say !== '');
}

/** A name from outside, shown as it is. */
export const name = (text: string | undefined): Part => ({ name: text ?? 'not named' });
export const strong = (text: string | number): Part => ({ strong: String(text) });
export const when = (at: Instant): Part => ({ at });

/** `a, b and 3 more`: names with something between, at most so many. */
export function listed(names: readonly string[], most = 5): Part[] {
  const shown = names
    .slice(0, most)
    .flatMap((text, n): Part[] => (n > 0 ? [{ say: ', ' }, name(text)] : [name(text)]));
  const more = names.length - most;
  return more > 0 ? [...shown, { say: ` and ${more} more` }] : shown;
}

/** A moment in a table, which no reader's time zone reaches: `2026-11-24 05:00:00` in UTC. */
export const utc = (at: Instant | undefined): string =>
  at === undefined ? '-' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** What a thread holds as a table; more becomes a file. */
const ROWS = 20;
const LETTERS = 6_000;

/** How many of a table's rows a message can hold. */
export function rowsThatFit({ columns, rows }: Table): number {
  let letters = columns.join('').length;
  const fitting = rows.slice(0, ROWS).findIndex((row) => {
    letters += row.join('').length;
    return letters > LETTERS;
  });
  return fitting === -1 ? Math.min(rows.length, ROWS) : fitting;
}
