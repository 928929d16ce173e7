import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { take } from '../../src/domain/alert-lifecycle.ts';
import type { Deed } from '../../src/ports/alerts.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';

const ack = (key: string, by = 'U0ANA'): Deed => ({
  act: { do: 'acknowledge' },
  by: { id: by },
  at: 5_000,
  key,
});

describe.each(Object.entries(ENGINES))('alerts on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const acknowledged = async (id: string) => {
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no such alert');
    const outcome = take({ do: 'acknowledge', by: 'U0ANA', at: 5_000 }, alert);
    if (!outcome.ok) throw new Error(outcome.refusal.because);
    return outcome.alert;
  };

  it('are kept as they were raised, with their record, their card and their history', async () => {
    const one = raised();
    expect(await storage.alerts.raise([one], [])).toEqual(['new']);
    expect(await storage.alerts.find(one.alert.id)).toEqual(JSON.parse(JSON.stringify(one.alert)));
    expect(await storage.alerts.rawOf(one.alert.id)).toBe(one.raw);
    expect(await storage.audit.historyOf(one.alert.id)).toMatchObject([{ what: 'raised', by: undefined }]);
    expect(await storage.messages.cardOf(one.alert.id)).toMatchObject({ wantedVersion: 1, shownVersion: 0 });
  });

  it('are raised once, however often the event comes', async () => {
    expect(await storage.alerts.raise([raised(), raised()], [])).toEqual(['new', 'known']);
    expect(
      await storage.alerts.raise([raised(), raised({ eventID: 'other', requestID: 'other' })], []),
    ).toEqual(['known', 'new']);
    expect((await storage.alerts.search({ limit: 9, offset: 0 })).total).toBe(2);
  });

  it('are raised once by two replicas at the same time', async () => {
    const other = await engine.replica(storage);
    const both = await Promise.all([
      storage.alerts.raise(manyRaised(50), []),
      other.alerts.raise(manyRaised(50), []),
    ]);
    expect(both.flat().filter((raising) => raising === 'new')).toHaveLength(50);
    expect(await storage.messages.behind()).toBe(50);
  });

  it('take a second record of the same call as their own', async () => {
    await storage.alerts.raise([raised()], []);
    expect(await storage.alerts.raise([raised({ eventID: 'again' })], [])).toEqual(['linked']);
    expect(await storage.alerts.raise([raised({ eventID: 'again' })], [])).toEqual(['known']);
    const alert = await storage.alerts.find(raised().alert.id);
    expect(alert).toMatchObject({ version: 2, related: [{ key: 'again', relation: 'duplicate' }] });
    expect((await storage.messages.cardOf(raised().alert.id))?.wantedVersion).toBe(2);
  });

  it('take a correction, also when it comes with the original', async () => {
    const addendum = {
      reason: 'UPDATED_DATA',
      originalEventID: raised().alert.eventKey,
      updatedFields: 'userAgent',
    };
    const correction = raised({ eventID: 'fix', requestID: 'fix', addendum });
    expect(await storage.alerts.raise([raised(), correction], [])).toEqual(['new', 'linked']);
    expect(await storage.alerts.find(raised().alert.id)).toMatchObject({
      related: [{ key: 'fix', relation: 'correction', updatedFields: 'userAgent' }],
    });
    expect(await storage.alerts.raise([correction], [])).toEqual(['known']);
  });

  it('are saved over the version before only, by one of many', async () => {
    const { alert } = raised();
    await storage.alerts.raise([raised()], []);
    const next = await acknowledged(alert.id);
    const savings = await Promise.all(
      Array.from({ length: 20 }, (_, n) => storage.alerts.save(next, ack(`click-${n}`))),
    );
    expect(savings.filter((saving) => saving === 'saved')).toHaveLength(1);
    expect(savings.filter((saving) => saving === 'moved-on')).toHaveLength(19);
    expect(await storage.audit.historyOf(alert.id)).toHaveLength(2);
  });

  it('have no second effect for the same click', async () => {
    const { alert } = raised();
    await storage.alerts.raise([raised()], []);
    const next = await acknowledged(alert.id);
    expect(await storage.alerts.save(next, ack('click'))).toBe('saved');
    expect(await storage.alerts.save({ ...next, version: 3 }, ack('click'))).toBe('repeated');
    expect((await storage.alerts.find(alert.id))?.version).toBe(2);
  });

  it('are found by what they are about, whatever the case, newest first', async () => {
    const older = raised({ eventID: 'old', requestID: 'old', eventTime: '2026-11-20T00:00:00Z' });
    await storage.alerts.raise([older, raised()], []);
    const found = async (query: object) =>
      (await storage.alerts.search({ limit: 9, offset: 0, ...query })).alerts.map(({ id }) => id);
    const both = [raised().alert.id, older.alert.id];
    expect(await found({ subject: 'BOB' })).toEqual(both);
    expect(await found({ object: 'Admins' })).toEqual(both);
    expect(await found({ actor: 'asiaexample01' })).toEqual(both);
    expect(await found({ actor: 'ADMIN' })).toEqual(both);
    expect(await found({ eventId: 'old' })).toEqual([older.alert.id]);
    await storage.alerts.raise(
      [raised({ eventID: 'old-again', requestID: 'old', eventTime: '2026-11-20T00:00:00Z' })],
      [],
    );
    expect(await found({ eventId: 'old-again' })).toEqual([older.alert.id]);
    expect(await found({ eventId: 'nothing' })).toEqual([]);
    expect(await found({ subject: 'bo' })).toEqual([]);
    expect(await found({ offset: 1, limit: 1 })).toEqual([older.alert.id]);
    expect(await storage.alerts.countByState()).toEqual({ open: 2, acknowledged: 0, resolved: 0 });
  });

  it('tell which accounts they are of, the newest first', async () => {
    const at = (recipientAccountId: string, eventTime: string, n: number) =>
      raised({ recipientAccountId, eventTime, eventID: `e-${n}`, requestID: `r-${n}` });
    await storage.alerts.raise(
      [
        at('444455556666', '2026-11-20T00:00:00Z', 1),
        at('111122223333', '2026-11-21T00:00:00Z', 2),
        at('444455556666', '2026-11-22T00:00:00Z', 3),
      ],
      [],
    );
    const { accountsAbout } = storage.alerts;
    expect(await accountsAbout({ subject: 'BOB' })).toEqual(['444455556666', '111122223333']);
    expect(await accountsAbout({ subject: 'bob', account: '111122223333' })).toEqual(['111122223333']);
    expect(await accountsAbout({ eventId: 'e-2' })).toEqual(['111122223333']);
    expect(await accountsAbout({ eventId: 'nothing' })).toEqual([]);
    expect(await accountsAbout({ object: 'nothing' })).toEqual([]);
  });

  it('tell every name that they have in a place, once and in small letters', async () => {
    const other = { requestParameters: { userName: 'Bob', groupName: 'readers' } };
    const none = { requestParameters: null };
    await storage.alerts.raise(
      [
        raised(),
        raised({ eventID: 'a', requestID: 'a', ...other }),
        raised({ eventID: 'b', requestID: 'b', ...none }),
      ],
      [],
    );
    expect((await storage.alerts.names(['subject', 'object'])).toSorted()).toEqual([
      'admins',
      'bob',
      'readers',
    ]);
    expect(await storage.alerts.names([])).toEqual([]);
  });

  it('survive a restart', async () => {
    await storage.alerts.raise([raised()], []);
    const again = await engine.open();
    expect((await again.alerts.find(raised().alert.id))?.eventKey).toBe(raised().alert.eventKey);
  });

  it('are kept and found also when names and ids are out of all measure', async () => {
    const name = 'x'.repeat(20_000);
    const odd = raised({
      eventID: `\0${name}`,
      requestID: name,
      requestParameters: { userName: name, groupName: `\0\ud800${name}` },
      userIdentity: { type: name, userName: name, arn: name, accountId: name, accessKeyId: name },
    });
    expect(await storage.alerts.raise([odd], [])).toEqual(['new']);
    expect(await storage.alerts.raise([odd], [])).toEqual(['known']);
    const { alerts } = await storage.alerts.search({ subject: name, limit: 1, offset: 0 });
    expect(alerts.map(({ id }) => id)).toEqual([odd.alert.id]);
  });

  it('tell which snoozes are over, the oldest first', async () => {
    const [one, two, three] = manyRaised(3);
    if (!one || !two || !three) throw new Error('not enough alerts');
    await storage.alerts.raise([one, two, three], []);
    for (const [{ alert }, until] of [
      [one, 7_000],
      [two, 6_000],
      [three, 8_001],
    ] as const) {
      const snooze = { until, by: 'U0ANA', at: 5_000 };
      const act = { do: 'snooze', until } as const;
      await storage.alerts.save(
        { ...alert, version: 2, snooze },
        { act, by: { id: 'U0ANA' }, at: 5_000, key: alert.id },
      );
    }
    const over = await storage.alerts.snoozedUntil(8_000);
    expect(over.map(({ id }) => id)).toEqual([two.alert.id, one.alert.id]);
  });

  it('keep text with a zero character in it', async () => {
    const odd = raised({ requestParameters: { userName: 'a\0b', groupName: 'g' } });
    await storage.alerts.raise([{ ...odd, raw: 'not \0 JSON' }], []);
    expect(await storage.alerts.rawOf(odd.alert.id)).toBe('not \uFFFD JSON');
  });
});
