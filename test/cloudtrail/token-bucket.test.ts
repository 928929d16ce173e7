import { expect, it } from 'vitest';
import { tokenBucket } from '../../src/cloudtrail/token-bucket.ts';

const signal = new AbortController().signal;

it('lets a burst through after a rest, and then one each interval, in the order they asked', async () => {
  const bucket = tokenBucket({ everyMs: 20, burst: 2, now: () => performance.now() });
  const began = performance.now();
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4, 5].map(async (n) => {
      await bucket.take(signal);
      order.push(n);
    }),
  );
  expect(order).toEqual([1, 2, 3, 4, 5]);
  // Three of the five had to wait for their turn; a timer may ring a millisecond early.
  expect(performance.now() - began).toBeGreaterThan(3 * 20 - 3);
});

it('lets nobody wait who has given up', async () => {
  const bucket = tokenBucket({ everyMs: 3_600_000, burst: 1, now: () => performance.now() });
  await bucket.take(signal);
  const ending = new AbortController();
  const waiting = bucket.take(ending.signal);
  ending.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow();
  await expect(bucket.take(ending.signal)).rejects.toThrow('stop');
});
