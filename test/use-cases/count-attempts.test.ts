import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import type { Reading } from '../../src/domain/event.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { iamGroupAdditionRefused } from '../../src/rules/iam-group-addition-refused.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { openStorage } from '../../src/storage/open.ts';
import { countAttempts } from '../../src/use-cases/count-attempts.ts';
import { raiseAlerts } from '../../src/use-cases/raise-alerts.ts';
import { FIRST, refusedAt } from '../support/attempts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const FROM = { account: '111122223333', region: 'us-east-1' };

let database: FreshDatabase;
let storage: Storage;
beforeEach(async () => {
  database = await freshDatabase('sqlite');
  storage = await openStorage(database.url, { channel: 'C0ALERTS' });
});
afterEach(async () => {
  await storage.close();
  await database.remove();
});

const clock = { now: () => FIRST + 3_600_000 };
/** A page of CloudTrail, and then all the work that it owes. */
async function page(...readings: Reading[]) {
  const { alerts, exceptions } = storage;
  const raise = raiseAlerts({
    alerts,
    exceptions,
    clock,
    rule: iamUserAddedToGroup,
    redraw: () => undefined,
  });
  const report = await raise(readings, FROM);
  const count = countAttempts({
    attempts: storage.attempts,
    rule: iamGroupAdditionRefused,
    clock,
    wake: () => undefined,
  });
  const now = clock.now();
  const claim = { kinds: ['attempts.count'], limit: 9, holder: 'h', now, leaseMs: 60_000 };
  for (const job of await storage.jobs.claim(claim)) {
    while ((await count(job)).is === 'again');
    await storage.jobs.finish(job.id, 'h');
  }
  return report;
}
const at = (...seconds: number[]) => seconds.map((one) => refusedAt(one));
const alerts = async (): Promise<Alert[]> =>
  (await storage.alerts.search({ limit: 9, offset: 0 })).alerts.toReversed();

it('five refused attempts of one actor are one alert, which names what was tried', async () => {
  expect(await page(...at(0, 1, 2, 3))).toMatchObject({ refused: 4, raised: 0 });
  expect(await alerts()).toEqual([]);
  await page(...at(2, 3, 4));
  const [alert, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    ruleId: iamGroupAdditionRefused.id,
    eventKey: 'refused:refused-0',
    eventTime: FIRST,
    cause: { event: { actor: { name: 'trudy' } }, object: 'admins' },
    assessment: { factors: [{ id: 'weak-session' }] },
  });
  expect(alert?.riskScore).toBe(alert?.assessment?.score);
  const records: unknown = JSON.parse((await storage.alerts.rawOf(alert?.id ?? '')) ?? '');
  expect(records).toHaveLength(5);
  expect(await storage.messages.cardOf(alert?.id ?? '')).toBeDefined();
});

it('late and repeated records raise no second one, and a later run does', async () => {
  await page(...at(100, 101, 102, 103, 104));
  await page(...at(105, 99, 0, 1, 2, 3, 4));
  await page(...at(100, 101, 102, 103, 104, 105));
  expect(await alerts()).toHaveLength(1);
  await page(...at(701, 702, 703, 704));
  expect(await alerts()).toHaveLength(1);
  await page(...at(705));
  expect(await alerts()).toHaveLength(2);
});

it('attempts of different actors, and such as are no question of permission, are none', async () => {
  const by = (name: string, second: number) =>
    refusedAt(second, { userIdentity: { type: 'IAMUser', userName: name } });
  const missing = { errorCode: 'NoSuchEntityException', errorMessage: 'no such group' };
  await page(...['a', 'b', 'c', 'd', 'e'].map((name, n) => by(name, n)));
  await page(...[10, 11, 12, 13, 14, 15].map((second) => refusedAt(second, missing)));
  expect(await alerts()).toEqual([]);
  expect(await storage.attempts.tally(0)).toMatchObject({ total: 11 });
});

it('a whole day of them is an alert every ten minutes at most', async () => {
  const day = Array.from({ length: 600 }, (_, n) => n * 60);
  for (let from = 0; from < day.length; from += 50) await page(...at(...day.slice(from, from + 50)));
  const { total } = await storage.alerts.search({ limit: 1, offset: 0 });
  expect(total).toBeGreaterThan(40);
  expect(total).toBeLessThanOrEqual(60);
});
