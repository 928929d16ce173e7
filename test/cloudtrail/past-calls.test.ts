import { describe, expect, it, onTestFinished } from 'vitest';
import { pastCalls } from '../../src/cloudtrail/past-calls.ts';
import { cloudtrailSource } from '../../src/cloudtrail/source.ts';
import { tokenBucket } from '../../src/cloudtrail/token-bucket.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { account, sdk } from '../standins/aws/sdk.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

async function stage() {
  const time = { now: NOW };
  const now = () => time.now;
  const aws = await account({ clock: now, enforceRate: false });
  const { cloudtrail, sts } = sdk(aws);
  /** How far our clock is behind that of AWS. */
  const late = { by: 0 };
  const ours = { now: () => time.now - late.by };
  const source = cloudtrailSource({
    cloudtrail,
    sts,
    bucket: tokenBucket({ everyMs: 1, burst: 100, now: Date.now }),
    clock: ours,
    account: () => aws.accountId,
    region: 'us-east-1',
  });
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const past = pastCalls({ source, clock: ours });
  const happened = (ago: number, name = 'CreateGroup') =>
    aws.happened({ eventSource: 'iam', eventName: name, at: new Date(time.now - ago), parameters: {} });
  const ask = (
    since: number,
    more: { notBefore?: number; enough?: (calls: readonly unknown[]) => boolean } = {},
  ) => past.of('CreateGroup', { since: ours.now() - since, notBefore: 0, ...more }, leaving.signal);
  return { aws, time, late, happened, ask };
}

describe('calls of the past', () => {
  it('are read once for all who ask, newest first, and are remembered', async () => {
    const { aws, happened, ask } = await stage();
    for (const ago of [3 * HOUR, HOUR, 2 * HOUR]) happened(ago);
    happened(HOUR, 'DeleteGroup');
    const found = await Promise.all(Array.from({ length: 10 }, () => ask(DAY)));
    expect(aws.lookups).toHaveLength(1);
    for (const { calls, from, at } of found) {
      expect(calls.map(({ time }) => NOW - time)).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
      expect([from, at]).toEqual([NOW - DAY, NOW]);
    }
  });

  it('are read further back for who wants more, without what is known', async () => {
    const { aws, happened, ask } = await stage();
    happened(HOUR);
    happened(20 * DAY);
    await ask(DAY);
    expect((await ask(30 * DAY)).calls).toHaveLength(2);
    expect(aws.lookups[1]?.input).toMatchObject({ EndTime: (NOW - DAY) / 1000 });
  });

  it('are read no further than is enough', async () => {
    const { aws, happened, ask } = await stage();
    for (let n = 1; n <= 120; n++) happened(n * MINUTE);
    const first = await ask(DAY, { enough: (calls) => calls.length > 0 });
    expect([first.calls.length, first.from]).toEqual([50, NOW - 50 * MINUTE]);
    const all = await ask(DAY);
    expect(all.calls.map(({ time }) => (NOW - time) / MINUTE)).toEqual(
      Array.from({ length: 120 }, (_, n) => n + 1),
    );
    expect(aws.lookups).toHaveLength(3);
  });

  it('are read again for an event that came after, with what was late before', async () => {
    const { aws, time, happened, ask } = await stage();
    await ask(DAY);
    time.now += MINUTE;
    happened(10 * MINUTE);
    happened(0);
    expect((await ask(DAY)).calls).toHaveLength(0);
    expect((await ask(DAY, { notBefore: time.now })).calls).toHaveLength(2);
    expect(aws.lookups).toHaveLength(2);
    time.now += 2 * HOUR;
    expect((await ask(DAY)).calls).toHaveLength(2);
    expect(aws.lookups).toHaveLength(3);
  });

  it('are read once for alerts of one occasion, whichever comes first', async () => {
    const { aws, happened, ask } = await stage();
    happened(2 * DAY);
    for (const minutes of [5, 7, 30, 59]) await ask(DAY + minutes * MINUTE);
    expect(aws.lookups).toHaveLength(1);
    expect((await ask(2 * DAY)).calls).toHaveLength(1);
  });

  it('are remembered up to the newest 5,000, and not read beyond them again and again', async () => {
    const { aws, happened, ask } = await stage();
    for (let n = 1; n <= 5_060; n++) happened(n * SECOND);
    for (let asked = 0; asked < 6; asked++) await ask(DAY);
    const lookups = aws.lookups.length;
    const { calls, from } = await ask(DAY);
    expect([calls.length, from]).toEqual([5_000, NOW - 5_000 * SECOND]);
    expect(aws.lookups).toHaveLength(lookups);
  });

  it('are read as far as AWS has them for who has waited too long', async () => {
    const { aws, time, happened, ask } = await stage();
    happened(89 * DAY);
    const wish = ask(90 * DAY - 10 * MINUTE);
    time.now += HOUR;
    expect((await wish).calls).toHaveLength(1);
    expect(aws.lookups).toHaveLength(1);
  });

  it('are read as far as AWS has them by a clock that is behind', async () => {
    const { late, happened, ask } = await stage();
    late.by = 2 * HOUR;
    happened(80 * DAY);
    await ask(DAY);
    expect((await ask(90 * DAY - 10 * MINUTE)).calls).toHaveLength(1);
  });

  it('fail for who asks, and not for who asks afterwards', async () => {
    const { aws, happened, ask } = await stage();
    happened(HOUR);
    aws.faults.deny(true);
    await expect(ask(DAY)).rejects.toMatchObject({ trouble: 'access-denied' });
    aws.faults.deny(false);
    expect((await ask(DAY)).calls).toHaveLength(1);
  });
});
