import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR } from '../../src/domain/time.ts';
import type { Stage } from './stage.ts';
import { LONGEST_HANG } from './troubles.ts';

/** All is well again: no fault is left, clocks are right, and every replica is up. */
export async function heal(stage: Stage): Promise<void> {
  stage.slack.faults.clear();
  stage.aws.faults.clear();
  for (const [n] of stage.replicas.entries()) stage.putWrong(n, 0);
  await Promise.all(stage.replicas.map((one) => one.up()));
}

/** Resolves when nothing has changed in Slack for so long, or when told to end. */
export async function standstill(stage: Stage, ms: number, ending: AbortSignal): Promise<void> {
  let lastChange = Date.now();
  const stop = stage.slack.onChange(({ kind }) => {
    // Answers to who goes on pressing are no progress.
    if (kind === 'message' || kind === 'update') lastChange = Date.now();
  });
  while (!ending.aborted && Date.now() - lastChange < ms) await sleep(250);
  stop();
}

/** A program that has shown and done nothing for so long stands still; as long as it goes on, a slow machine is waited for. */
const PATIENCE = 90_000;
/** But not for ever: some change might come again and again. */
const LONGEST = 2_400_000;
/** So long without a change, and it rests. */
const CALM = 2_500;

/**
 * Lets time pass until everything late can be seen and every sweep is due, then waits until nothing is owed and
 * Slack changes no more. Gives why it didn't come to rest, if so.
 */
export async function comeToRest(
  stage: Stage,
  { seenBy, healedAt }: { seenBy: number; healedAt: number },
): Promise<string | undefined> {
  // What Slack holds back still comes, and is seen by who looks after that.
  await sleep(Math.max(0, healedAt + LONGEST_HANG - Date.now()));
  const due = Math.max(seenBy, stage.now() + 24 * HOUR) + HOUR;
  stage.leap(due - stage.now());
  const swept = stage.now();
  let lastChange = Date.now();
  const stop = stage.slack.onChange(() => {
    lastChange = Date.now();
  });
  const ended = Date.now() + LONGEST;
  let owed: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  let calmSince = Date.now();
  while (Date.now() < ended && Date.now() - lastChange < PATIENCE) {
    await sleep(250);
    owed = await owedIn(stage, swept).catch((error) => [String(error)]);
    if (owed.length > 0) calmSince = Date.now();
    // Thousands of alerts that stand in digests are looked at a second time without a change in Slack.
    const dueNow = await dueIn(stage).catch(() => left);
    if (dueNow < left) lastChange = Date.now();
    left = Math.min(left, dueNow);
    if (Date.now() - Math.max(lastChange, calmSince) > CALM) break;
  }
  stop();
  return owed.length > 0 ? `it did not come to rest: ${owed.join(', ')}` : undefined;
}

async function dueIn(stage: Stage): Promise<number> {
  const { count } = await stage
    .peek()
    .selectFrom('job')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('due_at', '<=', stage.now())
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function owedIn(stage: Stage, swept: number): Promise<string[]> {
  const db = stage.peek();
  const behind = await db
    .selectFrom('message')
    .select('id')
    .whereRef('shown_version', '<', 'wanted_version')
    .limit(3)
    .execute();
  const jobs = await db.selectFrom('job').select('id').where('due_at', '<=', stage.now()).limit(3).execute();
  const scans = await db.selectFrom('watch').select(['scan', 'completed_at']).execute();
  const late = ['tick', 'hourly', 'daily'].filter(
    (scan) => !scans.some((one) => one.scan === scan && Number(one.completed_at) >= swept),
  );
  return [
    ...behind.map(({ id }) => `${id} is behind`),
    ...jobs.map(({ id }) => `the job ${id} is due`),
    ...late.map((scan) => `the ${scan} scan is due`),
  ];
}
