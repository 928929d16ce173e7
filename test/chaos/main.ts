import './shifted-date.ts';
import './measured.ts';
import { configure } from '../../src/config.ts';
import { run } from '../../src/run.ts';

/** The program as `src/main.ts` starts it, but for its clock, its pace, and how long it waits for AWS. */
const configuration = configure(process.env);
if (!configuration.ok) throw new Error(configuration.problems.join('\n'));
const problem = await run(configuration.settings, {
  secondSocketAfterMs: 300,
  awsRequestTimeoutMs: 3_000,
  lookupsPerSecond: 200,
  postEveryMs: 5,
  updateEveryMs: 5,
});
if (problem !== undefined) {
  console.error(`Groupwatch can't start: ${problem}`);
  process.exit(2);
}
process.send?.('up');
