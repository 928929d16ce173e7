import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import type { AlertQuery } from '../../src/ports/alerts.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { accountsAbout, search } from '../../src/storage/search.ts';
import { raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';
import { plansOf } from './plans.ts';

const PAGES = 30;
const PAGE = 100;
const NOW = Date.UTC(2026, 10, 24, 4);
const account = '111122223333';
const first = { limit: 5, offset: 0 };

/** One account has them all, as in most installations; an actor has added a user every minute. */
async function store({ alerts }: Storage): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    const batch = Array.from({ length: PAGE }, (_, at) => {
      const n = page * PAGE + at;
      return raised({
        eventID: `e-${n}`,
        requestID: `r-${n}`,
        eventTime: new Date(NOW - n * MINUTE).toISOString(),
        requestParameters: { userName: `user-${n}`, groupName: `group-${n % 50}` },
      });
    });
    await alerts.raise(batch, []);
  }
}

describe.each(Object.entries(ENGINES))('alerts of one account among many, on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  it('are found by what tells them apart, and not by looking at all of the account', async () => {
    await store(storage);
    const actor = 'arn:aws:sts::111122223333:assumed-role/Admin/alice@example.com';
    const about: [index: RegExp, query: AlertQuery][] = [
      [
        /alert_(actor|access_key)/,
        { actor, account, occurred: { from: NOW - 10 * MINUTE, to: NOW }, ...first },
      ],
      [/alert_subject/, { subject: 'USER-7', account, ...first }],
      [/alert_object/, { object: 'group-7', account, ...first }],
    ];
    for (const [index, query] of about) {
      const plans = await plansOf(engine, 'alert', async (db) => {
        await search(db, query);
        await accountsAbout(db, query);
      });
      expect(plans).toHaveLength(3);
      for (const plan of plans) {
        expect(plan).toMatch(index);
        expect(plan).not.toMatch(/alert_account|autoindex|seq scan/i);
      }
    }
    expect((await storage.alerts.search({ ...first, subject: 'user-7', account })).total).toBe(1);
    expect(
      (await storage.alerts.search({ ...first, subject: 'user-7', account: '444455556666' })).total,
    ).toBe(0);
  });
});
