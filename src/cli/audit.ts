import { databaseUrlOf } from '../config.ts';
import { exportLine } from '../storage/audit/chain.ts';
import { type AuditSnapshot, openAudit } from '../storage/audit/open.ts';
import { verify } from '../storage/audit/verify.ts';
import { print } from './print.ts';
import { sinceOf } from './since.ts';

const BROKEN = 1;
const UNREAD = 2;

const USAGE = `usage: npm run audit -- verify
       npm run audit -- export [--since 7d | 12h | 30min | 2026-11-24 | 2026-11-24T03:00Z]`;

type Task = (log: AuditSnapshot) => Promise<number>;

/** `npm run audit`: reads the audit log of DATABASE_URL, and changes nothing. */
async function main(words: string[]): Promise<number> {
  const task = taskOf(words);
  if (!task) {
    console.error(USAGE);
    return UNREAD;
  }
  try {
    const log = await openAudit(databaseUrlOf(process.env));
    try {
      return await task(log);
    } finally {
      await log.close();
    }
  } catch (error) {
    console.error(`The audit log can't be read: ${error instanceof Error ? error.message : String(error)}`);
    return UNREAD;
  }
}

function taskOf([command, option, value, ...more]: string[]): Task | undefined {
  if (more.length > 0) return undefined;
  if (command === 'verify') return option === undefined ? tellWhetherWhole : undefined;
  if (command !== 'export') return undefined;
  if (option === undefined) return exportFrom();
  const since = option === '--since' ? sinceOf(value ?? '', Date.now()) : undefined;
  return since === undefined ? undefined : exportFrom(since);
}

async function tellWhetherWhole(log: AuditSnapshot): Promise<number> {
  const verdict = await verify(log.rows(), log.head);
  const { head, verified } = verdict;
  const end = head ? `head: entry ${head.sequence}, ${head.hash}` : 'there is no head';
  if (verdict.is === 'whole') {
    print(`whole: ${verified} entries verified; ${end}\n`);
    return 0;
  }
  print(`broken at entry ${verdict.sequence}: ${verdict.why}\n`);
  print(`${verified} entries verified before it; ${end}\n`);
  return BROKEN;
}

/** From the first entry of that moment on without a gap, so that what is exported can be verified by itself. */
const exportFrom =
  (since?: number): Task =>
  async (log) => {
    const from = since === undefined ? 1 : await log.firstSince(since);
    if (from !== undefined) for await (const row of log.rows(from)) print(`${exportLine(row)}\n`);
    print(`${JSON.stringify({ head: log.head ?? null })}\n`);
    return 0;
  };

process.exitCode = await main(process.argv.slice(2));
