import { type RunningApp, startApp } from './app.ts';
import { configure } from './config.ts';
import { makeLog } from './log.ts';
import { SetupProblem } from './slack/introduce.ts';
import { StorageRefused } from './storage/refused.ts';

const FAILED = 1;
const MISCONFIGURED = 2;
/** Docker kills ten seconds after SIGTERM, unless told otherwise. */
const LONGEST_GOODBYE = 9_500;

async function main(): Promise<void> {
  const configuration = configure(process.env);
  if (!configuration.ok) {
    const list = configuration.problems.map((problem) => `  - ${problem}`).join('\n');
    console.error(
      `Groupwatch can't start, these settings need mending:\n${list}\n\n` +
        '.env.example explains every setting. To see it work without Slack or AWS: npm run demo',
    );
    process.exitCode = MISCONFIGURED;
    return;
  }
  const { settings } = configuration;
  const log = makeLog(settings.logLevel, process.stdout.isTTY);
  const app = await startApp(settings, { log, clock: { now: Date.now } }).catch((error) => {
    if (!(error instanceof SetupProblem || error instanceof StorageRefused)) throw error;
    console.error(`Groupwatch can't start: ${error.message}`);
    process.exit(MISCONFIGURED);
  });
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(FAILED);
      stopping = true;
      end(app, 0);
    });
  }
  app.broken.then((why) => {
    console.error(`Groupwatch ends: ${why}`);
    end(app, FAILED);
  });
}

/** Lets what is under way come to its end, and ends the process with this code; whatever doesn't end is left. */
function end(app: RunningApp, code: number): void {
  const tooLong = setTimeout(() => {
    console.error('Groupwatch did not stop in time; what was under way is taken up at the next start.');
    process.exit(FAILED);
  }, LONGEST_GOODBYE);
  app.stop().then(
    () => process.exit(code),
    (error) => {
      clearTimeout(tooLong);
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

process.on('uncaughtException', endAtOnce);
process.on('unhandledRejection', endAtOnce);
await main();
