import { type RunningApp, startApp } from './app.ts';
import { type Settings, secretsOf } from './config.ts';
import { makeLog } from './log.ts';
import { SetupProblem } from './slack/introduce.ts';
import { StorageRefused } from './storage/refused.ts';

const FAILED = 1;
/** Whoever stops a process kills it after 10 s, as a rule. What isn't finished then is done at the next start. */
const LONGEST_GOODBYE = 9_000;

/** Runs Groupwatch until it is told to stop; a sentence when a person must mend something before it can start. */
export async function run(settings: Settings): Promise<string | undefined> {
  process.on('uncaughtException', endAtOnce);
  process.on('unhandledRejection', endAtOnce);
  const log = makeLog(settings.logLevel, { terminal: process.stdout.isTTY, secrets: secretsOf(settings) });
  try {
    const app = await startApp(settings, { log, clock: { now: Date.now }, processMetrics: true });
    endOnSignal(app);
    app.broken.then((why) => {
      console.error(`Groupwatch ends: ${why}`);
      end(app, FAILED);
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

/** SIGTERM and SIGINT let what is under way come to its end; a second one doesn't wait. */
function endOnSignal(app: RunningApp): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(FAILED);
      stopping = true;
      end(app, 0);
    });
  }
}

/** Lets what is under way come to its end, and ends the process with this code; whatever doesn't end is left. */
function end(app: RunningApp, code: number): void {
  setTimeout(() => {
    console.error('Groupwatch did not stop in time; what was under way is taken up at the next start.');
    process.exit(FAILED);
  }, LONGEST_GOODBYE);
  app.stop().then(
    () => process.exit(code),
    (error) => {
      console.error('Groupwatch did not stop cleanly:', error);
      process.exit(FAILED);
    },
  );
}

/** Nobody can say in which state the program is now; a new start takes up whatever is stored. */
function endAtOnce(error: unknown): void {
  console.error('Groupwatch ends, since something went wrong that nobody has foreseen:', error);
  process.exit(FAILED);
}
