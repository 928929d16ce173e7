import { type RunningApp, startApp, type World } from './app.ts';
import { type Settings, secretsOf } from './config.ts';
import { makeLog } from './log.ts';
import type { Log } from './ports/log.ts';
import { SetupProblem } from './slack/introduce.ts';
import { StorageRefused } from './storage/refused.ts';

const BROKEN = 1;
/** Whoever stops a process kills it after 10 s, as a rule. What isn't finished then is done at the next start. */
const LONGEST_STOP_MS = 9_000;

/**
 * Runs Groupwatch until it is told to stop; a sentence when a person must mend something before it can start.
 * `pace` is what tests set differently.
 */
export async function run(
  settings: Settings,
  pace: Omit<World, 'log' | 'clock'> = {},
): Promise<string | undefined> {
  const log = makeLog(settings.logLevel, { terminal: process.stdout.isTTY, secrets: secretsOf(settings) });
  endWhenBroken(log);
  try {
    const app = await startApp(settings, { processMetrics: true, ...pace, log, clock: { now: Date.now } });
    stopOnSignal(app, log);
    process.on('SIGHUP', () => app.reload());
    app.broken.then((why) => {
      say(log, why);
      end(app, log, BROKEN);
    });
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    return problem;
  }
}

/** What a person must mend before Groupwatch can start; undefined for an error of our own. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof SetupProblem || error instanceof StorageRefused) return error.message;
  if (!(error instanceof Error && 'code' in error && 'port' in error)) return undefined;
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return undefined;
  return `the port ${error.port} can't be had (${error.code}): free it, or choose another one by HTTP_PORT, or by SLACK_PORT in HTTP mode.`;
}

/**
 * A promise that nobody waits for may fail. What comes after is unknown, so the process says why and ends; a new one
 * begins where the database stands.
 */
function endWhenBroken(log: Log): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error) => {
      say(log, 'something went wrong that nobody has foreseen', error);
      process.exit(BROKEN);
    });
  }
}

/** Also where nobody reads the log, or where it is off. */
function say(log: Log, why: string, error?: unknown): void {
  log.error({ why, error }, 'Groupwatch is broken and ends: start it again');
  console.error(`Groupwatch ends: ${why}`, error ?? '');
}

/** SIGTERM and SIGINT let what is under way come to its end; a second one doesn't wait. */
function stopOnSignal(app: RunningApp, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(BROKEN);
      stopping = true;
      end(app, log, 0);
    });
  }
}

/** Waits 9 s for what is under way, and ends the process. */
function end(app: RunningApp, log: Log, code: number): void {
  setTimeout(() => {
    log.warn({ ms: LONGEST_STOP_MS }, 'something takes too long to stop; Groupwatch ends without it');
    process.exit(BROKEN);
  }, LONGEST_STOP_MS);
  app.stop().then(
    () => process.exit(code),
    (error) => {
      log.error({ error }, 'Groupwatch did not stop cleanly');
      process.exit(BROKEN);
    },
  );
}
