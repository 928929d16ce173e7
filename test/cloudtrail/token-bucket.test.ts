import { describe, expect, it } from 'vitest';
import { tokenBucket } from '../../src/cloudtrail/token-bucket.ts';

const never = new AbortController().signal;

/** A bucket whose burst is spent, so that whoever comes must wait. */
async function spent() {
  const bucket = tokenBucket({ everyMs: 10, burst: 1, now: performance.now.bind(performance) });
  await bucket.take(never);
  return bucket;
}

describe('LookupEvents calls', () => {
  it('of the poll go before look-ups that have waited longer', async () => {
    const bucket = await spent();
    const order: string[] = [];
    const take = (name: string, queue: 'poll' | 'look-up') =>
      bucket.take(never, queue).then(() => order.push(name));
    const all = [take('one', 'look-up'), take('two', 'look-up'), take('poll', 'poll')];
    expect(bucket.waiting()).toEqual({ poll: 1, 'look-up': 2 });
    await Promise.all(all);
    expect(order).toEqual(['poll', 'one', 'two']);
    expect(bucket.waiting()).toEqual({ poll: 0, 'look-up': 0 });
  });

  it('of polls that never end leave one in three to look-ups', async () => {
    const bucket = await spent();
    const order: string[] = [];
    const take = (queue: 'poll' | 'look-up') => bucket.take(never, queue).then(() => order.push(queue));
    const [poll, lookUp] = ['poll', 'look-up'] as const;
    await Promise.all([lookUp, lookUp, poll, poll, poll, poll, poll, poll, poll].map(take));
    expect(order).toEqual([poll, poll, lookUp, poll, poll, lookUp, poll, poll, poll]);
  });

  it('keep their distance, but for a burst after a rest', async () => {
    let now = 0;
    const bucket = tokenBucket({ everyMs: 40, burst: 2, now: () => now });
    await Promise.all([bucket.take(never), bucket.take(never)]);
    let let3 = false;
    const third = bucket.take(never).then(() => {
      let3 = true;
    });
    await Promise.resolve();
    expect(let3).toBe(false);
    now = 40;
    await third;
  });

  it('that are given up leave their turn to the next', async () => {
    const bucket = await spent();
    const leaving = new AbortController();
    const gone = bucket.take(leaving.signal, 'poll');
    const next = bucket.take(never, 'look-up');
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await next;
    await expect(bucket.take(leaving.signal)).rejects.toThrow('left');
  });
});
