import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import { loop } from '../../src/work/loop.ts';

const still = () => undefined;
const log: Log = { debug: still, info: still, warn: still, error: still };

it('a loop that always has something to do leaves time for whatever else comes', async () => {
  let rounds = 0;
  const busy = loop({
    name: 'spinning',
    log,
    // As with SQLite: no round waits for anything. The limit only ends a test that has failed.
    round: async () => (++rounds < 2_000_000 ? 0 : 60_000),
  });
  busy.start();
  await sleep(20);
  expect(rounds).toBeGreaterThan(1);
  expect(rounds).toBeLessThan(2_000_000);
  await busy.stop();
});
