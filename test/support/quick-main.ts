import { startApp } from '../../src/app.ts';
import { configure } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';

/** The program as `src/main.ts` starts it, but for Slack's pace: a process of its own that tests can kill. */
const configuration = configure(process.env);
if (!configuration.ok) throw new Error(configuration.problems.join('\n'));
await startApp(configuration.settings, {
  log: makeLog(configuration.settings.logLevel, { terminal: false }),
  clock: { now: Date.now },
  postEveryMs: 10,
  updateEveryMs: 10,
  leaseMs: process.env.LEASE_MS ? Number(process.env.LEASE_MS) : undefined,
});
