import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Access, accessTo } from '../src/access.ts';
import { configure, OWN_ACCOUNT } from '../src/config.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../src/domain/time.ts';
import { makeMetrics } from '../src/metrics/metrics.ts';
import type { Log } from '../src/ports/log.ts';
import type { Storage } from '../src/ports/storage.ts';
import type { Scan } from '../src/ports/watches.ts';
import { type AwsStandIn, startAws } from '../src/standins/aws/account.ts';
import { openStorage } from '../src/storage/open.ts';
import { watchAccount } from '../src/watch.ts';
import { inTurn } from '../src/work/in-turn.ts';
import { type FreshDatabase, freshDatabase } from './support/database.ts';

const CHANNEL = 'C0ALERTS';

let aws: AwsStandIn;
let database: FreshDatabase;
let storage: Storage;
let shift = 0;
const clock = { now: () => Date.now() + shift };
beforeEach(async () => {
  shift = 0;
  aws = await startAws({ enforceRate: false, clock: clock.now });
  database = await freshDatabase('sqlite');
  storage = await openStorage(database.url, { channel: CHANNEL });
  for (const name of ['CLOUDTRAIL', 'IAM', 'STS']) process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01', AWS_SECRET_ACCESS_KEY: 'example' });
});
afterEach(async () => {
  await aws.close();
  await storage.close();
  await database.remove();
});

/** The watch with nothing around it: each poll, and the sweeps that are due by then, are made by hand. */
function watch(awsRegion = 'us-east-1'): { poll(): Promise<void>; stop(): void; access: Access } {
  const quiet = () => undefined;
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const ending = new AbortController();
  const configuration = configure({
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    ALERT_CHANNEL: CHANNEL,
    AWS_REGION: awsRegion,
  });
  if (!configuration.ok) throw new Error(configuration.problems.join());
  const { settings } = configuration;
  const metrics = makeMetrics({ version: 'test', ofProcess: false });
  const access = accessTo(OWN_ACCOUNT, settings, {
    clock,
    metrics,
    awsRequestTimeoutMs: 300,
    lookupsPerSecond: 50,
  });
  const { poll, sweep } = watchAccount(
    access,
    settings,
    { log, clock },
    {
      storage,
      settleBurst: async () => undefined,
      redraw: quiet,
      startedAt: clock.now(),
      metrics,
      place: () => ({ channel: CHANNEL }),
      inTurn: inTurn({ leases: storage.leases, holder: 'test' }),
    },
  );
  return {
    async poll() {
      await poll(ending.signal);
      await sweep(ending.signal);
    },
    stop: () => ending.abort(new Error('stop')),
    access,
  };
}

const found = async (): Promise<number> => (await storage.alerts.search({ limit: 1, offset: 0 })).total;
const watermark = async (scan: Scan = 'tick'): Promise<number | undefined> =>
  (await storage.watches.find(aws.accountId, 'us-east-1', scan))?.watermark;
/** What the channel was told, oldest first. */
async function told(): Promise<string[]> {
  const entries = await Array.fromAsync(storage.audit.walk());
  return entries.flatMap(({ what, facts }) =>
    ['blind', 'seeing', 'gap'].includes(what) ? [`${what}: ${facts.why ?? ''}`] : [],
  );
}

describe('a poll that does not come to its end leaves the watermark, and the next one finds all', () => {
  it.each<[trouble: string, begins: () => void]>([
    ['500', () => aws.faults.fail(9, 500)],
    ['a page that is no JSON', () => aws.faults.nonJson(9)],
    ['a connection that is cut', () => aws.faults.cut(9)],
    ['an answer that does not come', () => aws.faults.hang(9, 60_000)],
    ['denied access', () => aws.faults.deny(true)],
    ['expired credentials', () => aws.faults.expired(true)],
    ['throttling', () => aws.faults.throttle(9)],
  ])('after %s', async (_, begins) => {
    const { poll } = watch();
    await poll();
    const before = await watermark();
    expect(before).toBeGreaterThan(0);
    aws.addUserToGroup({ user: 'bob', group: 'admins' });
    shift += 5 * SECOND;
    begins();
    await poll();
    expect(await watermark()).toBe(before);
    expect(await found()).toBe(0);
    aws.faults.clear();
    await poll();
    expect(await watermark()).toBeGreaterThan(before ?? 0);
    expect(await found()).toBe(1);
  });

  it('also when AWS forgets a token in the middle: the window is read from its start again', async () => {
    const { poll } = watch();
    for (let n = 0; n < 60; n++) aws.addUserToGroup({ user: `user-${n}`, group: 'admins' });
    aws.faults.tokenError(1);
    await poll();
    expect(await found()).toBe(60);
    const [first, second, third] = aws.lookups;
    expect([first?.input.NextToken, third?.input.NextToken]).toEqual([undefined, undefined]);
    expect(second?.input.NextToken).toBeDefined();
    expect(third?.input.StartTime).toBe(first?.input.StartTime);
    expect(third?.input.EndTime).toBe(first?.input.EndTime);
  });

  it('and a stop does not wait for an answer that does not come', async () => {
    const { poll, stop, access } = watch();
    await poll();
    aws.faults.hang(9, 60_000);
    const calls = aws.lookups.length;
    const polling = poll();
    await expect.poll(() => aws.lookups.length).toBeGreaterThan(calls);
    stop();
    await polling;
    expect(access.known()?.account).toBe(aws.accountId);
    expect(await told()).toEqual([]);
  });
});

describe('blindness is told once, and its end', () => {
  it('after ten minutes without a complete poll, not before', async () => {
    const { poll } = watch();
    await poll();
    aws.faults.fail(1_000, 503);
    shift += 9 * MINUTE;
    await poll();
    expect(await told()).toEqual([]);
    shift += 2 * MINUTE;
    await poll();
    await poll();
    expect(await told()).toEqual([expect.stringMatching(/^blind: reading CloudTrail/)]);
    aws.faults.clear();
    await poll();
    await poll();
    expect((await told()).map((one) => one.split(':')[0])).toEqual(['blind', 'seeing']);
  });

  it('at once when the credentials have expired, also before the account is known', async () => {
    const { poll } = watch();
    aws.faults.expired(true);
    await poll();
    await poll();
    expect(await told()).toEqual([expect.stringContaining('Expired')]);
    aws.faults.clear();
    await poll();
    expect((await told()).map((one) => one.split(':')[0])).toEqual(['blind', 'seeing']);
  });

  it.each([
    [2 * MINUTE, /clock is (2 min|1 min 5\d s) behind that of AWS/],
    [-2 * MINUTE, /clock is 2 min( \d s)? ahead of that of AWS/],
  ])('when the clock is off by %i ms', async (skew, words) => {
    const { poll } = watch();
    aws.faults.skew(skew);
    await poll();
    await poll();
    expect(await told()).toEqual([expect.stringMatching(words)]);
    aws.faults.skew(0);
    await poll();
    expect((await told()).map((one) => one.split(':')[0])).toEqual(['blind', 'seeing']);
  });

  it('and so is time that AWS keeps no events of any more', async () => {
    const { poll } = watch();
    await poll();
    shift += 100 * DAY;
    await poll();
    await poll();
    expect(await told()).toEqual(['gap: ']);
  });
});

it('sweeps 24 hours every hour and 14 days every day, without moving the watermark', async () => {
  const { poll } = watch();
  await poll();
  const late = { group: 'admins', at: new Date(clock.now()) };
  shift += 20 * HOUR;
  await poll();
  aws.addUserToGroup({ ...late, user: 'late' });
  shift += 10 * MINUTE;
  await poll();
  expect(await found()).toBe(0);
  shift += HOUR;
  await poll();
  expect(await found()).toBe(1);
  shift += 9 * DAY;
  await poll();
  aws.addUserToGroup({ ...late, user: 'very-late', at: new Date(clock.now() - 8 * DAY) });
  shift += 2 * HOUR;
  await poll();
  expect(await found()).toBe(1);
  shift += DAY;
  const began = Math.floor(clock.now() / SECOND) * SECOND;
  await poll();
  expect(await found()).toBe(2);
  // Where the poll itself has read to, although the sweeps after it read from elsewhere.
  expect(await watermark()).toBeGreaterThanOrEqual(began);
  expect(await watermark()).toBeLessThanOrEqual(clock.now());
  expect(await watermark('hourly')).toBeUndefined();
  expect(await watermark('daily')).toBeUndefined();
});

it.each([
  ['eu-central-1', 'us-east-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
  ['cn-northwest-1', 'cn-north-1'],
  ['eusc-de-east-1', 'eusc-de-east-1'],
])("reads IAM's events of %s in %s", (region, reads) => {
  expect(watch(region).access.region).toBe(reads);
});
