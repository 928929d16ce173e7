import { describe, expect, it, onTestFinished } from 'vitest';
import { activityReader } from '../../src/cloudtrail/activity.ts';
import { awsClients } from '../../src/cloudtrail/clients.ts';
import { cloudtrailSource } from '../../src/cloudtrail/source.ts';
import { tokenBucket } from '../../src/cloudtrail/token-bucket.ts';
import { activityIn } from '../../src/domain/activity.ts';
import type { EventSource } from '../../src/ports/cloudtrail.ts';
import { iamUser, roleSession } from '../../src/standins/aws/actors.ts';
import { whoseActor, whoseUser } from '../../src/use-cases/answers/whose.ts';
import { account } from '../standins/aws/sdk.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 12);
const WINDOW = { start: NOW - 24 * HOUR, end: NOW };

async function stage(mostPages?: number) {
  const aws = await account({ clock: () => NOW, enforceRate: false });
  process.env.AWS_ENDPOINT_URL_CLOUDTRAIL = aws.endpoint;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01', AWS_SECRET_ACCESS_KEY: 'example' });
  const sources = new Map<string, EventSource>();
  const sourceIn = (region: string): EventSource => {
    const made =
      sources.get(region) ??
      cloudtrailSource({
        ...awsClients(region),
        bucket: tokenBucket({ everyMs: 1, burst: 100, now: Date.now }),
        clock: { now: () => NOW },
        account: () => aws.accountId,
        region,
      });
    sources.set(region, made);
    return made;
  };
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const read = activityReader({ sourceIn, regions: ['us-east-1', 'eu-central-1'], mostPages });
  return { aws, read, signal: ending.signal, ending };
}

const busy = iamUser('busy', { accessKeyId: 'AKIAEXAMPLE33' });

describe('what somebody did', () => {
  it('is read by name and by key, in every Region, each event once, and nobody else in it', async () => {
    const { aws, read, signal } = await stage();
    const call = (eventName: string, more = {}) =>
      aws.happened({ eventSource: 'ec2', eventName, by: busy, at: new Date(NOW - HOUR), ...more });
    call('RunInstances');
    call('RunInstances', { region: 'eu-central-1', sourceIp: '198.51.100.9' });
    call('StopInstances', { region: 'ap-south-1' });
    call('DescribeInstances', { errorCode: 'UnauthorizedOperation' });
    call('RunInstances', { at: new Date(NOW - 48 * HOUR) });
    call('RunInstances', { by: roleSession('Other', 'busy') });
    aws.happened({
      eventSource: 'sts',
      eventName: 'AssumeRole',
      by: busy,
      at: new Date(NOW - HOUR / 2),
      parameters: { roleArn: 'arn:aws:iam::111122223333:role/R', roleSessionName: 's' },
    });
    const done = await read(whoseUser('busy', ['AKIAEXAMPLE33']), WINDOW, { signal });
    const activity = activityIn(done.events, { from: done.from, to: NOW });
    expect(activity).toMatchObject({ events: 4, writes: 2, failures: 1, from: WINDOW.start });
    expect(activity.regions.map(({ name, count }) => [name, count])).toEqual([
      ['us-east-1', 3],
      ['eu-central-1', 1],
    ]);
    expect(activity.services.map(({ name }) => name)).toEqual(['ec2', 'sts']);
    expect(activity.addresses.map(({ name }) => name)).toContain('198.51.100.9');
    expect(activity.failedCalls[0]?.name).toBe('ec2:DescribeInstances: UnauthorizedOperation');
    expect(activity.assumed).toEqual([
      { at: NOW - HOUR / 2, role: 'arn:aws:iam::111122223333:role/R', session: 's' },
    ]);
    expect(activity.hours.reduce((sum, { services }) => sum + (services.ec2 ?? 0), 0)).toBe(3);
  });

  it('of a session is told from that of another role with the same session name', async () => {
    const { aws, read, signal } = await stage();
    const by = roleSession('Admin', 'ana', { accessKeyId: 'ASIAEXAMPLE07' });
    const record = aws.happened({ eventSource: 's3', eventName: 'PutObject', by, at: new Date(NOW - HOUR) });
    aws.happened({
      eventSource: 's3',
      eventName: 'PutObject',
      by: roleSession('B', 'ana'),
      at: new Date(NOW - HOUR),
    });
    const arn = String(record.userIdentity.arn);
    const actor = { type: 'AssumedRole', name: 'Admin', arn, accessKeyId: 'ASIAEXAMPLE07' };
    expect((await read(whoseActor(actor), WINDOW, { signal })).events).toHaveLength(1);
  });

  it('is read as far as is bearable, and says how far that is', async () => {
    const { aws, read, signal } = await stage(4);
    for (let n = 0; n < 300; n++)
      aws.happened({ eventSource: 's3', eventName: 'GetObject', by: busy, at: new Date(NOW - n * 60_000) });
    const pages: number[] = [];
    const done = await read(whoseUser('busy'), WINDOW, {
      signal,
      progress: async (read) => void pages.push(read),
    });
    expect(done.from).toBe(NOW - 99 * 60_000);
    expect(done.events).toHaveLength(100);
    expect(pages).toEqual([1, 2, 3]);
  });

  it('is not read on when nobody wants it any more', async () => {
    const { aws, read, signal, ending } = await stage();
    for (let n = 0; n < 300; n++)
      aws.happened({ eventSource: 's3', eventName: 'GetObject', by: busy, at: new Date(NOW - n * 60_000) });
    const progress = async (pages: number): Promise<void> => {
      if (pages === 2) ending.abort(new Error('enough'));
    };
    await expect(read(whoseUser('busy'), WINDOW, { signal, progress })).rejects.toThrow('enough');
    expect(aws.lookups).toHaveLength(2);
  });
});
