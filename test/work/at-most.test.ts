import { expect, it } from 'vitest';
import { atMost } from '../../src/work/at-most.ts';
import { once } from '../../src/work/once.ts';

it('does so many at once and no more, in the order they came, also when one fails', async () => {
  const limit = atMost(2);
  const begun: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const done = [0, 1, 2, 3].map((n) =>
    limit(() => {
      begun.push(n);
      const end = Promise.withResolvers<void>();
      ends[n] = end;
      return end.promise;
    }).catch((error) => String(error)),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  ends[1]?.reject(new Error('boom'));
  expect(await done[1]).toBe('Error: boom');
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.resolve();
  await done[0];
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.resolve();
  ends[3]?.resolve();
  await Promise.all(done);
  await expect(limit(async () => 'free again')).resolves.toBe('free again');
});

it('makes a thing once, also when that is nothing', () => {
  let made = 0;
  const nothing = once(() => {
    made += 1;
    return undefined;
  });
  expect([nothing(), nothing(), made]).toEqual([undefined, undefined, 1]);
});
