import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Exception } from '../../src/domain/exception.ts';
import { DAY } from '../../src/domain/time.ts';
import type { Raised } from '../../src/ports/alerts.ts';
import type { Change } from '../../src/ports/responses.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { anException } from '../support/exceptions.ts';
import { ENGINES, type Engine } from './engines.ts';

const NOW = raised().alert.raisedAt;
const change = (key: string, more: Partial<Change> = {}): Change => ({
  entry: {
    at: NOW,
    by: { id: 'U0ANA' },
    what: 'exception-added',
    alertId: raised().alert.id,
    facts: {},
    key,
  },
  line: false,
  ...more,
});
const made = (different: Partial<Exception> = {}): Exception =>
  anException({
    alertId: raised().alert.id,
    at: NOW,
    expiresAt: NOW + 30 * DAY,
    state: { is: 'active', at: NOW },
    ...different,
  });
const by = (one: Raised, exemption = made().id): Raised => ({ ...one, exemption });

describe.each(Object.entries(ENGINES))('exceptions on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    await storage.alerts.raise([raised()], []);
  });
  afterEach(() => engine.dispose());

  it('are kept as they were made, with card, line, entry and jobs', async () => {
    const job = { id: 'exception.expire:1', kind: 'exception.expire', subject: made().id, dueAt: NOW + 1 };
    const before = await storage.jobs.due(NOW + 1);
    expect(await storage.exceptions.open(made(), change('click', { line: true, jobs: [job] }))).toBe('saved');
    expect(await storage.exceptions.find(made().id)).toEqual(made());
    const card = await storage.messages.find(`exception:${made().id}`);
    expect(card).toMatchObject({
      channel: 'C0ALERTS',
      wantedVersion: 1,
      drawing: { of: 'exception', alertId: raised().alert.id, exceptionId: made().id },
    });
    const [, added] = await storage.audit.historyOf(raised().alert.id);
    expect(added).toMatchObject({ what: 'exception-added' });
    expect(await storage.messages.find(`line:${added?.sequence}`)).toBeDefined();
    expect(await storage.jobs.due(NOW + 1)).toBe(before + 1);
  });

  it('that wait for a second person are listed, the oldest first', async () => {
    const open = (id: string, different: Partial<Exception>) =>
      storage.exceptions.open(made({ id, ...different }), change(id));
    await open('EX-NEWER', { state: { is: 'pending' }, at: NOW + 2 });
    await open('EX-OLDER', { state: { is: 'pending' }, at: NOW + 1 });
    await open('EX-OVER', { state: { is: 'pending' }, expiresAt: NOW - 1 });
    await open('EX-DENIED', { state: { is: 'denied', by: 'U0BEN', at: NOW } });
    await open('EX-ACTIVE', {});
    const { exceptions } = await storage.exceptions.pending(NOW, 9);
    expect(exceptions.map(({ id }) => id)).toEqual(['EX-OLDER', 'EX-NEWER']);
    expect(await storage.exceptions.pending(NOW, 1)).toMatchObject({
      exceptions: [{ id: 'EX-OLDER' }],
      total: 2,
    });
  });

  it('are made once for a click, and saved over the version before only', async () => {
    expect(await storage.exceptions.open(made(), change('click'))).toBe('saved');
    expect(await storage.exceptions.open(made({ id: 'EX-2' }), change('click'))).toBe('repeated');
    expect(await storage.exceptions.find('EX-2')).toBeUndefined();
    const ended = made({ version: 2, state: { is: 'ended', by: 'U0BEN', at: NOW } });
    const savings = await Promise.all(
      Array.from({ length: 10 }, (__, n) => storage.exceptions.save(ended, change(`end-${n}`))),
    );
    expect(savings.toSorted()).toEqual([...Array(9).fill('moved-on'), 'saved']);
    expect(
      await storage.exceptions.save({ ...ended, version: 3 }, change(`end-${savings.indexOf('saved')}`)),
    ).toBe('repeated');
    expect((await storage.messages.find(`exception:${made().id}`))?.wantedVersion).toBe(2);
  });

  it('are in force while they are active and their time has not passed', async () => {
    const all = [
      made({ id: 'EX-1' }),
      made({ id: 'EX-2', state: { is: 'pending' } }),
      made({ id: 'EX-3', expiresAt: NOW }),
      made({ id: 'EX-4', state: { is: 'ended', at: NOW } }),
      made({ id: 'EX-5', state: { is: 'denied', by: 'U0BEN', at: NOW } }),
    ];
    for (const one of all) await storage.exceptions.open(one, change(one.id));
    expect((await storage.exceptions.inForce(NOW)).map(({ id }) => id)).toEqual(['EX-1']);
    const { exceptions, total } = await storage.exceptions.list({ limit: 4, offset: 0 });
    expect([exceptions.map(({ id }) => id), total]).toEqual([['EX-1', 'EX-2', 'EX-3', 'EX-4'], 5]);
    expect((await storage.exceptions.list({ limit: 4, offset: 4 })).exceptions).toHaveLength(1);
  });

  describe('that are in force', () => {
    const other = (n = 0): Raised => manyRaised(n + 1)[n] ?? raised();
    beforeEach(() => storage.exceptions.open(made(), change('made')));

    it('keep an event from becoming an alert; it is stored, counted and on record', async () => {
      expect(await storage.alerts.raise([by(other()), by(other(1)), other(2)], [])).toEqual([
        'exempted',
        'exempted',
        'new',
      ]);
      expect((await storage.alerts.search({ limit: 9, offset: 0 })).total).toBe(2);
      expect(await storage.exceptions.find(made().id)).toMatchObject({
        hits: 2,
        lastHitAt: other().alert.eventTime,
      });
      expect(await storage.exceptions.exempted(made().id, { limit: 1, offset: 1 })).toEqual({
        total: 2,
        events: [
          {
            account: '111122223333',
            eventKey: 'e-1',
            at: other(1).alert.eventTime,
            actor: 'Admin',
            subject: 'user-1',
            object: 'admins',
          },
        ],
      });
      const raw = await engine.byHand().selectFrom('exempted').select('raw').execute();
      expect(raw.map((row) => row.raw)).toContain(other().raw);
      const entries = await Array.fromAsync(storage.audit.walk());
      expect(entries.filter(({ what }) => what === 'exempted')).toMatchObject([
        { facts: { exception: made().id, event: 'e-0' } },
        { facts: { exception: made().id, event: 'e-1' } },
      ]);
    });

    it('do so once, and the event stays known when they end', async () => {
      await storage.alerts.raise([by(other())], []);
      await storage.exceptions.save(made({ version: 2, state: { is: 'ended', at: NOW } }), change('end'));
      expect(await storage.alerts.raise([other(), by(other())], [])).toEqual(['known', 'known']);
      const again = raised({ eventID: 'again', requestID: 'r-e-0', eventTime: '2026-11-24T03:27:23Z' });
      expect(await storage.alerts.raise([again], [])).toEqual(['exempted']);
      expect((await storage.exceptions.find(made().id))?.hits).toBe(1);
      expect((await storage.alerts.search({ limit: 9, offset: 0 })).total).toBe(1);
    });

    it('exempt nothing once they are ended, however late the page comes', async () => {
      await storage.exceptions.save(made({ version: 2, state: { is: 'ended', at: NOW } }), change('end'));
      expect(await storage.alerts.raise([by(other())], [])).toEqual(['new']);
      expect(await storage.alerts.raise([by(other(1), 'EX-UNKNOWN')], [])).toEqual(['new']);
    });

    it('leave alone what is an alert already, and the second record of its call', async () => {
      expect(await storage.alerts.raise([by(raised()), by(raised({ eventID: 'again' }))], [])).toEqual([
        'known',
        'linked',
      ]);
      expect((await storage.exceptions.find(made().id))?.hits).toBe(0);
    });

    it('lose no hit to whoever saves them meanwhile', async () => {
      const read = await storage.exceptions.find(made().id);
      await storage.alerts.raise([by(other())], []);
      if (!read) throw new Error('no such exception');
      await storage.exceptions.save({ ...read, version: 2 }, change('touch'));
      expect(await storage.exceptions.find(made().id)).toMatchObject({ version: 2, hits: 1 });
    });

    it('count an event once for two replicas at the same time', async () => {
      const replica = await engine.replica(storage);
      const page = manyRaised(20).map((one) => by(one));
      const both = await Promise.all([storage.alerts.raise(page, []), replica.alerts.raise(page, [])]);
      expect(both.flat().filter((raising) => raising === 'exempted')).toHaveLength(20);
      expect((await storage.exceptions.find(made().id))?.hits).toBe(20);
    });
  });

  it('keep odd text as it can be kept', async () => {
    const odd = raised({
      eventID: 'o',
      requestID: 'o',
      requestParameters: { userName: 'a\0b', groupName: 'g' },
    });
    await storage.exceptions.open(made({ reason: 'a \0 zero' }), change('odd'));
    expect(await storage.alerts.raise([by({ ...odd, raw: 'not \0 JSON' })], [])).toEqual(['exempted']);
    const { events } = await storage.exceptions.exempted(made().id, { limit: 1, offset: 0 });
    expect(events[0]?.subject).toBe('a\uFFFDb');
  });
});
