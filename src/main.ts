import { type RunningApp, startApp } from './app.ts';
import { configure } from './config.ts';
import { makeLog } from './log.ts';
import { SetupProblem } from './slack/introduce.ts';
import { StorageRefused } from './storage/refused.ts';

const MISCONFIGURED = 2;

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
  stopOnSignal(app);
}

/** SIGTERM and SIGINT let what is under way come to its end; a second one doesn't wait. */
function stopOnSignal(app: RunningApp): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      app.stop().then(
        () => process.exit(0),
        (error) => {
          console.error('Groupwatch did not stop cleanly:', error);
          process.exit(1);
        },
      );
    });
  }
}

await main();
