import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clicks } from './clicks.ts';
import { context } from './context.ts';
import { homeSpeed } from './home.ts';
import { replaySpeed } from './replay.ts';
import { start } from './start.ts';
import { storeSpeed } from './store.ts';

/** One figure, with what it was measured against in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  comparison: string;
  against: number;
}

const round = (value: number): number => Number(value.toPrecision(4));

/** `npm run bench`: one line of JSON a figure. These machines are noisy: read the ratios. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-bench-'));
  try {
    for (const measure of [replaySpeed, storeSpeed, homeSpeed, clicks, context, start]) {
      for (const figure of await measure(folder)) {
        console.log(
          JSON.stringify({ ...figure, value: round(figure.value), against: round(figure.against) }),
        );
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
