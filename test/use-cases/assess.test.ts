import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessTo } from '../../src/access.ts';
import { readRecord } from '../../src/cloudtrail/record.ts';
import { OWN_ACCOUNT } from '../../src/config.ts';
import { gathering } from '../../src/context.ts';
import type { Alert } from '../../src/domain/alert.ts';
import { makeMetrics } from '../../src/metrics/metrics.ts';
import type { Handled } from '../../src/ports/jobs.ts';
import type { Log } from '../../src/ports/log.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { iamUser, roleSession } from '../../src/standins/aws/actors.ts';
import { ASSESS_JOB } from '../../src/use-cases/assess/needs.ts';
import { raiseAlerts } from '../../src/use-cases/raise-alerts.ts';
import { account } from '../standins/aws/sdk.ts';
import { ENGINES } from '../storage/engines.ts';

const MINUTE = 60_000;
/** Near the real time: the SDK takes an AWS whose clock is far off for a reason to try again. */
const START = Math.floor(Date.now() / 1_000) * 1_000;
const ana = roleSession('Admin', 'ana', { mfa: true });
const FROM = { account: '111122223333', region: 'us-east-1' };

/** Everything but Slack and the clock, which a test turns. */
async function stage() {
  const time = { now: START };
  const clock = { now: () => time.now };
  const aws = await account({ clock: clock.now, enforceRate: false });
  for (const name of ['CLOUDTRAIL', 'IAM', 'STS']) process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01', AWS_SECRET_ACCESS_KEY: 'example' });
  const engine = await (ENGINES.SQLite?.() ?? Promise.reject(new Error('no SQLite')));
  const storage = await engine.open();
  onTestFinished(() => engine.dispose());
  const still = () => undefined;
  const log: Log = { debug: still, info: still, warn: still, error: still };
  const access = accessTo(
    OWN_ACCOUNT,
    { awsRegion: 'us-east-1' },
    { clock, metrics: makeMetrics({ version: '0', ofProcess: false }), lookupsPerSecond: 1_000 },
  );
  const { handlers } = gathering(
    { awsRegion: 'us-east-1', activityRegions: [] },
    { log, clock },
    { storage, access, place: () => ({ channel: 'C0ALERTS' }), wake: still },
  );
  const raise = raiseAlerts({
    alerts: storage.alerts,
    exceptions: storage.exceptions,
    clock,
    rule: iamUserAddedToGroup,
    redraw: still,
  });
  const signal = new AbortController().signal;

  return {
    aws,
    time,
    storage,
    /** Raises the alerts of these records together, as a page of a poll does. */
    async raised(...records: object[]): Promise<string[]> {
      await raise(
        records.map((record) => readRecord(JSON.stringify(record), FROM)),
        FROM,
      );
      const { alerts } = await storage.alerts.search({ limit: 200, offset: 0 });
      return alerts.map(({ id }) => id);
    },
    assess(subject = '', failures = 0): Promise<Handled> {
      const handler = handlers[ASSESS_JOB];
      if (!handler) throw new Error('no handler');
      return handler({ id: 'j', kind: ASSESS_JOB, subject, dueAt: time.now, failures }, signal);
    },
    async alert(id = ''): Promise<Alert> {
      const alert = await storage.alerts.find(id);
      if (!alert) throw new Error(`no alert ${id}`);
      return alert;
    },
  };
}

const factors = ({ assessment }: Alert): string[] => assessment?.factors.map(({ id }) => id) ?? [];

describe('an alert is assessed', () => {
  it('twice: what CloudTrail and IAM showed late is found ten minutes later', async () => {
    const { aws, time, raised, assess, alert } = await stage();
    aws.given.group({ name: 'g' });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(await assess(id)).toEqual({ is: 'again', at: START + 10 * MINUTE });
    expect(factors(await alert(id))).toEqual(['first-addition']);
    aws.iam('AttachGroupPolicy', { GroupName: 'g', PolicyArn }, { by: ana, at: new Date(START - MINUTE) });
    time.now += 10 * MINUTE;
    expect(await assess(id)).toEqual({ is: 'done' });
    expect(factors(await alert(id))).toEqual(['administrator', 'chain', 'first-addition']);
    expect((await alert(id)).severity).toBe('critical');
  });

  it('and stays so when somebody has cleaned up in between', async () => {
    const { aws, time, raised, assess, alert } = await stage();
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    aws.given.group({ name: 'g', attached: ['AdministratorAccess'] });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    await assess(id);
    const { version } = await alert(id);
    aws.iam('DetachGroupPolicy', { GroupName: 'g', PolicyArn }, { by: ana });
    time.now += 10 * MINUTE;
    await assess(id);
    expect(await alert(id)).toMatchObject({ version, severity: 'critical' });
  });

  it('by look-ups that a page of fifty shares, within twelve calls for the first', async () => {
    const { aws, raised, assess, alert } = await stage();
    aws.given.group({ name: 'g', attached: ['ReadOnlyAccess'] });
    const records = Array.from({ length: 50 }, (_, n) =>
      aws.addUserToGroup({ user: `u${n}`, group: 'g', by: ana }),
    );
    const ids = await raised(...records);
    await assess(ids[0]);
    expect(aws.calls.length).toBeLessThanOrEqual(12);
    const before = aws.calls.length;
    await Promise.all(ids.slice(1).map((id) => assess(id)));
    const names = new Set(aws.calls.slice(before).map(({ name }) => name));
    expect([...names].sort()).toEqual(['iam:GetLoginProfile', 'iam:GetUser', 'iam:ListMFADevices']);
    expect(aws.calls.length - before).toBe(3 * 49);
    for (const id of ids) expect(factors(await alert(id))).toContain('mass-addition');
    const after = aws.calls.length;
    await assess(ids[7]);
    expect(aws.calls.length).toBe(after);
  });

  it('pass by pass where a group has more policies than one pass may read', async () => {
    const { aws, raised, assess, alert } = await stage();
    const names = Array.from({ length: 10 }, (_, n) => `p${n}`);
    for (const name of names) {
      const Action = name === 'p9' ? 'iam:CreateAccessKey' : 's3:GetObject';
      aws.given.policy({
        name,
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
      });
    }
    aws.given.group({ name: 'g', attached: names });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    expect(await assess(id)).toEqual({ is: 'again', at: START });
    expect(factors(await alert(id))).not.toContain('broad-write');
    let passes = 1;
    while ((await alert(id)).assessment?.documentsLeft) {
      await assess(id);
      passes++;
    }
    expect(passes).toBeLessThan(5);
    expect(factors(await alert(id))).toContain('escalation');
  });

  it('by what IAM tells while CloudTrail is slow, and by the rest when that comes', async () => {
    const { aws, time, raised, assess, alert } = await stage();
    aws.given.group({ name: 'g', attached: ['AdministratorAccess'] });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    aws.faults.hang(1, 6_000);
    expect(await assess(id)).toMatchObject({ is: 'again' });
    const early = await alert(id);
    expect(early.severity).toBe('critical');
    expect(early.assessment?.unread).toEqual([
      { why: "CloudTrail's history is still being read", passing: true },
    ]);
    await sleep(2_500);
    time.now += 5_000;
    await assess(id);
    expect((await alert(id)).assessment?.unread).toEqual([]);
    expect(factors(await alert(id))).toContain('first-addition');
  });

  it('one after the other without a wait each, when there are many and CloudTrail is slow', async () => {
    const { aws, raised, assess, alert } = await stage();
    aws.given.group({ name: 'g', attached: ['AdministratorAccess'] });
    const records = Array.from({ length: 30 }, (_, n) =>
      aws.addUserToGroup({ user: `bob-${n}`, group: 'g', by: ana }),
    );
    const [first, ...others] = await raised(...records);
    aws.faults.hang(1, 60_000);
    expect(await assess(first)).toEqual({ is: 'again', at: START + 5_000 });
    const asked = aws.lookups.length;
    for (const id of others) {
      expect(await assess(id)).toEqual({ is: 'again', at: START + 30_000 });
      expect((await alert(id)).severity).toBe('critical');
    }
    expect(aws.lookups).toHaveLength(asked);
  });

  it('again and again while something passing is in the way, with the ids kept from the first', async () => {
    const { aws, raised, assess, alert } = await stage();
    aws.given.user({ name: 'bob' });
    aws.given.group({ name: 'g' });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    aws.faults.iam('ListMFADevices', 3, { code: 'Throttling', status: 400 });
    await expect(assess(id)).rejects.toThrow('MFA devices of the user bob failed');
    const { pinned } = await alert(id);
    expect(pinned?.userId).toMatch(/^AIDA/);
    expect(pinned?.groupId).toMatch(/^AGPA/);
    aws.faults.iam('ListMFADevices', 3, { code: 'Throttling', status: 400 });
    expect(await assess(id, 8)).toMatchObject({ is: 'again' });
    await assess(id);
    expect((await alert(id)).assessment?.unread).toEqual([]);
  });

  it('not by another user of the same name, who was made since', async () => {
    const { aws, time, raised, assess, alert } = await stage();
    aws.given.user({ name: 'bob' });
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: iamUser('eve') }));
    await assess(id);
    const { pinned } = await alert(id);
    aws.iam('RemoveUserFromGroup', { UserName: 'bob', GroupName: 'g' });
    aws.iam('DeleteUser', { UserName: 'bob' });
    time.now += MINUTE;
    aws.iam('CreateUser', { UserName: 'bob' });
    time.now += 10 * MINUTE;
    await assess(id);
    const after = await alert(id);
    expect(after.pinned).toEqual(pinned);
    expect(after.assessment?.unread).toEqual([
      { why: 'the user bob was deleted and made again since: this is another one', passing: false },
    ]);
  });

  it('no more once it is resolved', async () => {
    const { aws, storage, raised, assess, alert } = await stage();
    const [id] = await raised(aws.addUserToGroup({ user: 'bob', group: 'g', by: ana }));
    const before = await alert(id);
    const handling = { is: 'resolved', by: 'U0ANA', at: START, verdict: 'benign', note: 'x' } as const;
    const act = { do: 'resolve', verdict: 'benign', note: 'x' } as const;
    await storage.alerts.save({ ...before, version: 2, handling }, { act, at: START, key: 'k' });
    const calls = aws.calls.length;
    expect(await assess(id)).toEqual({ is: 'done' });
    expect(aws.calls.length).toBe(calls);
  });
});
