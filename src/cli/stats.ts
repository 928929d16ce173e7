import { parseArgs } from 'node:util';
import { databaseUrlOf } from '../config.ts';
import { reportOf } from '../domain/report.ts';
import { DAY } from '../domain/time.ts';
import { csvOf } from '../slack/files/csv.ts';
import { readTimes } from '../storage/open-times.ts';
import { print } from './print.ts';
import { sinceOf } from './since.ts';
import { inLines } from './stats-lines.ts';
import { tableOf } from './stats-table.ts';

const UNREAD = 2;
/** A line each of all of these still fits into memory. */
const MOST = 500_000;

const USAGE = `usage: npm run stats -- [--since 30d | 12h | 2026-11-24] [--csv]
  without --csv the numbers of all alerts since then; with it a line an alert, times in UTC and spans in seconds`;

/** `npm run stats`: numbers of the alerts in DATABASE_URL, 30 days back unless told otherwise. Changes nothing. */
async function main(words: string[]): Promise<number> {
  const to = Date.now();
  const asked = askedFor(words, to);
  if (!asked) {
    console.error(USAGE);
    return UNREAD;
  }
  try {
    const span = { from: asked.from, to };
    const found = await readTimes(databaseUrlOf(process.env), { ...span, limit: MOST });
    if (asked.csv) print(new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(tableOf(found.times))));
    else print(inLines(reportOf(found, span)));
    if (found.times.length < found.total)
      console.error(
        `Only the latest ${found.times.length} of ${found.total} alerts: choose a later --since.`,
      );
    return 0;
  } catch (error) {
    console.error(`The numbers can't be read: ${error instanceof Error ? error.message : String(error)}`);
    return UNREAD;
  }
}

function askedFor(words: string[], now: number): { from: number; csv: boolean } | undefined {
  try {
    const options = { since: { type: 'string' }, csv: { type: 'boolean' } } as const;
    const { since, csv = false } = parseArgs({ args: words, options }).values;
    const from = since === undefined ? now - 30 * DAY : sinceOf(since, now);
    return from === undefined || from > now ? undefined : { from, csv };
  } catch {
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
