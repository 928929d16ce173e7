import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import type { Severity } from '../../src/domain/severity.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { connect } from '../../src/storage/connect.ts';
import { migrationsOf } from '../../src/storage/migrate.ts';
import { manyRaised } from '../support/alerts.ts';
import { ASKED_AT, requestWith } from '../support/requests.ts';
import { ENGINES, type Engine } from './engines.ts';

const by = 'U0ANA';
const at = 5_000;
const ORDER: Severity[] = ['low', 'critical', 'medium', 'high', 'critical', 'low'];

describe.each(Object.entries(ENGINES))('what people work through, on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let ids: string[];
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    const batch = manyRaised(ORDER.length).map((one, n) => ({
      ...one,
      alert: { ...one.alert, severity: ORDER[n] ?? 'low', eventTime: 1_000 + n },
    }));
    ids = batch.map(({ alert }) => alert.id);
    await storage.alerts.raise(batch, []);
  });
  afterEach(() => engine.dispose());

  async function change(n: number, different: Partial<Alert>): Promise<void> {
    const alert = await storage.alerts.find(ids[n] ?? '');
    if (!alert) throw new Error('no such alert');
    const deed = { act: { do: 'acknowledge' } as const, at, key: `${alert.id}:${alert.version}` };
    await storage.alerts.save({ ...alert, ...different, version: alert.version + 1 }, deed);
  }
  const places = async (query: object = {}): Promise<number[]> => {
    const { alerts } = await storage.alerts.worklist({ limit: 9, offset: 0, ...query });
    return alerts.map(({ id }) => ids.indexOf(id));
  };

  it('comes the gravest first, of those the newest, in pages', async () => {
    expect(await places()).toEqual([4, 1, 3, 2, 5, 0]);
    expect(await places({ limit: 2, offset: 3 })).toEqual([2, 5]);
    expect(await storage.alerts.worklist({ limit: 0, offset: 0 })).toEqual({ alerts: [], total: 6 });
  });

  it('has each on one page, also when many are of one second', async () => {
    await storage.alerts.raise(manyRaised(94, 'same'), []);
    const listed = new Set<string>();
    for (let offset = 0; offset < 100; offset += 20) {
      const { alerts } = await storage.alerts.worklist({ limit: 20, offset });
      for (const { id } of alerts) listed.add(id);
    }
    expect(listed.size).toBe(100);
  });

  it('leaves out what is resolved, and tells who is on what', async () => {
    await change(1, { handling: { is: 'resolved', by, at, verdict: 'benign', note: '' } });
    await change(2, { handling: { is: 'acknowledged', by, at } });
    await change(3, { handling: { is: 'acknowledged', by, at }, assignee: { to: 'U0BEN', by, at } });
    await change(5, { assignee: { to: by, by: 'U0BEN', at } });
    expect(await places()).toEqual([4, 3, 2, 5, 0]);
    expect(await places({ states: ['open'] })).toEqual([4, 5, 0]);
    expect(await places({ takenBy: by })).toEqual([2, 5]);
    expect(await places({ takenBy: 'U0BEN' })).toEqual([3]);
    expect(await storage.alerts.countUnresolved()).toEqual({
      low: { open: 2, acknowledged: 0 },
      medium: { open: 0, acknowledged: 1 },
      high: { open: 0, acknowledged: 1 },
      critical: { open: 1, acknowledged: 0 },
    });
  });

  it('follows a severity that rises', async () => {
    await change(0, { severity: 'critical' });
    expect(await places()).toEqual([4, 1, 0, 3, 2, 5]);
  });

  it('has the requests that wait for a decision, and no others', async () => {
    const alertId = ids[0] ?? '';
    const change = (key: string) => ({
      entry: { at: ASKED_AT, what: 'response-requested', alertId, facts: {}, key },
      line: false,
    });
    const asked = (id: string, expiresAt: number) =>
      requestWith({ id, alertId, state: { is: 'pending', expiresAt } });
    await storage.responses.open(asked('RS-LATER', ASKED_AT + 2_000), change('a'));
    await storage.responses.open(asked('RS-SOON', ASKED_AT + 1_000), change('b'));
    await storage.responses.open(asked('RS-OVER', ASKED_AT - 1), change('c'));
    const decided = requestWith({ id: 'RS-DENIED', alertId, state: { is: 'denied', by, at, reason: 'no' } });
    await storage.responses.open(decided, change('d'));
    const pending = await storage.responses.pending(ASKED_AT, 9);
    expect(pending.requests.map(({ id }) => id)).toEqual(['RS-SOON', 'RS-LATER']);
    expect(await storage.responses.pending(ASKED_AT, 1)).toMatchObject({
      requests: [{ id: 'RS-SOON' }],
      total: 2,
    });
    const approved = { ...asked('RS-SOON', 0), version: 2, state: { is: 'approved', at } as const };
    await storage.responses.save(approved, change('e'));
    expect((await storage.responses.pending(ASKED_AT, 9)).requests.map(({ id }) => id)).toEqual(['RS-LATER']);
  });
});

describe.each(Object.entries(ENGINES))('a database from before there was a worklist, on %s', (_, start) => {
  it('has it after the migration', async () => {
    const engine = await start({ empty: true });
    try {
      const { dialect, engine: kind } = connect(engine.url);
      const db = new Kysely<never>({ dialect });
      const provider = { getMigrations: async () => migrationsOf(kind) };
      await new Migrator({ db, provider }).migrateTo('0009-shown-at');
      const alerts = manyRaised(3).map(({ alert }, n) => ({ ...alert, severity: ORDER[n] ?? 'low' }));
      const [low, critical, medium] = alerts;
      if (!low || !critical || !medium) throw new Error('three are needed');
      const assigned: Alert = { ...critical, assignee: { to: 'U0BEN', by, at } };
      const acknowledged: Alert = { ...medium, handling: { is: 'acknowledged', by, at } };
      for (const alert of [low, assigned, acknowledged]) {
        const { id, account, eventKey, handling } = alert;
        await sql`insert into alert (id, version, account, event_key, event_time, raised_at, handling, state)
          values (${id}, 1, ${account}, ${eventKey}, 1, 1, ${handling.is}, ${JSON.stringify(alert)})`.execute(
          db,
        );
      }
      const request = requestWith({ alertId: low.id });
      for (const [id, state] of [
        ['RS-1', request.state],
        ['RS-2', { is: 'denied', by, at, reason: 'no' }],
      ] as const)
        await sql`insert into response (id, version, alert_id, account, target_lower, live, asked_at, state)
          values (${id}, 1, ${low.id}, '1', 'bob', 1, 1, ${JSON.stringify({ ...request, id, state })})`.execute(
          db,
        );
      await db.destroy();

      const storage = await engine.open();
      const ids = async (takenBy?: string) =>
        (await storage.alerts.worklist({ takenBy, limit: 9, offset: 0 })).alerts.map(({ id }) => id);
      expect(await ids()).toEqual([critical.id, medium.id, low.id]);
      expect(await ids('U0BEN')).toEqual([critical.id]);
      expect(await ids(by)).toEqual([medium.id]);
      expect(await storage.responses.pending(ASKED_AT, 9)).toMatchObject({
        requests: [{ id: 'RS-1' }],
        total: 1,
      });
    } finally {
      await engine.dispose();
    }
  });
});
