import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/alert-lifecycle.ts';
import type { AlertTimes } from '../../src/domain/times.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { connect } from '../../src/storage/connect.ts';
import { migrationsOf } from '../../src/storage/migrate.ts';
import { takeStep } from '../../src/use-cases/take-step.ts';
import { alertWith, manyRaised, raised } from '../support/alerts.ts';
import { requestWith } from '../support/requests.ts';
import { ENGINES, type Engine } from './engines.ts';

const { id, raisedAt, eventTime, account, ruleId } = raised().alert;
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 };

describe.each(Object.entries(ENGINES))('the times of alerts on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let now = 0;
  let clicks = 0;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    now = raisedAt;
  });
  afterEach(() => engine.dispose());

  async function act(what: Act, at: number): Promise<void> {
    now = at;
    const step = takeStep({ ...storage, clock: { now: () => now }, redraw: () => undefined });
    const result = await step({ alertId: id, act: what, by: { id: 'U0ANA' }, key: `c${clicks++}` });
    expect(result.is).toBe('done');
  }
  const times = async (): Promise<AlertTimes | undefined> => (await storage.alerts.times(ALL)).times[0];

  it('are those of its event, of the look before and of its raising', async () => {
    await storage.alerts.raise([{ ...raised(), lookedAt: raisedAt - 15_000 }], []);
    expect(await times()).toEqual({
      alertId: id,
      account,
      ruleId,
      group: 'admins',
      severity: 'low',
      eventTime,
      lookedAt: raisedAt - 15_000,
      raisedAt,
    });
  });

  it('are those of what was first done, and of the last resolution while it stands', async () => {
    await storage.alerts.raise([raised()], []);
    await act({ do: 'acknowledge' }, raisedAt + 1);
    await act({ do: 'mark-step', step: 'actor', state: 'done' }, raisedAt + 2);
    await act({ do: 'mark-step', step: 'owners', state: 'done' }, raisedAt + 3);
    await act({ do: 'resolve', verdict: 'false-positive', note: 'x' }, raisedAt + 4);
    expect(await times()).toMatchObject({ resolvedAt: raisedAt + 4, verdict: 'false-positive' });
    await act({ do: 'reopen' }, raisedAt + 5);
    expect(await times()).toMatchObject({ resolvedAt: undefined, verdict: undefined });
    await act({ do: 'acknowledge' }, raisedAt + 6);
    await act({ do: 'resolve', verdict: 'benign', note: 'x' }, raisedAt + 7);
    expect(await times()).toMatchObject({
      acknowledgedAt: raisedAt + 1,
      firstStepAt: raisedAt + 2,
      resolvedAt: raisedAt + 7,
      verdict: 'benign',
    });
  });

  it('are those of when its card was first shown, not of later drawings', async () => {
    await storage.alerts.raise([raised()], []);
    for (const [version, at] of [
      [1, raisedAt + 900],
      [2, raisedAt + 9_000],
    ] as const) {
      const [card] = await storage.messages.claim({ limit: 1, holder: 'h', now: at, leaseMs: 60_000 });
      await storage.messages.shown(card?.id ?? '', 'h', { channel: 'C0', ts: '1.000001', version, at });
      if (version === 1) await act({ do: 'assign', to: 'U0BEN' }, at);
    }
    expect((await times())?.shownAt).toBe(raisedAt + 900);
  });

  it('are those of the first response that was carried out, not of what took it back', async () => {
    await storage.alerts.raise([raised()], []);
    const change = (what: string, at: number) => ({
      entry: { at, what, alertId: id, facts: {} },
      line: false,
    });
    const done = (version: number, at: number) => ({
      ...request,
      version,
      state: { is: 'done', at } as const,
    });
    const request = requestWith({ alertId: id });
    await storage.responses.open(request, change('response-requested', raisedAt + 1));
    expect((await times())?.containedAt).toBeUndefined();
    await storage.responses.save(done(2, raisedAt + 2), change('response-done', raisedAt + 2));
    await storage.responses.save(done(3, raisedAt + 3), change('response-checked', raisedAt + 3));
    expect((await times())?.containedAt).toBe(raisedAt + 2);
    const undo = requestWith({
      id: 'RS-UNDO',
      alertId: id,
      action: { do: 'undo', of: request.id, reactivate: false },
    });
    await storage.responses.open(undo, change('response-requested', raisedAt + 4));
    expect((await times())?.containedAt).toBe(raisedAt + 2);
  });

  it('follow the severity, and know no time of what nobody could read', async () => {
    const unreadable = alertWith({ cause: { is: 'unreadable', why: 'it is not JSON' } });
    await storage.alerts.raise([{ alert: unreadable, raw: 'x' }], []);
    expect(await times()).toMatchObject({ severity: 'low', eventTime: undefined, group: undefined });
    const risen = { ...unreadable, severity: 'critical' as const, version: 2 };
    await storage.alerts.save(risen, { act: { do: 'acknowledge' }, at: raisedAt, key: 'k' });
    expect((await times())?.severity).toBe('critical');
  });

  it('are read of a span, the newest first, and no more than asked for', async () => {
    const batch = manyRaised(10).map((one, n) => ({ ...one, alert: { ...one.alert, raisedAt: 1_000 + n } }));
    await storage.alerts.raise(batch, []);
    const raisedAts = async (query: object) => {
      const { times, total } = await storage.alerts.times({ ...ALL, ...query });
      return [times.map((one) => one.raisedAt), total];
    };
    expect(await raisedAts({ from: 1_002, to: 1_005 })).toEqual([[1_004, 1_003, 1_002], 3]);
    expect(await raisedAts({ from: 1_002, limit: 2 })).toEqual([[1_009, 1_008], 8]);
    expect((await storage.alerts.timesSince(1_008)).map((one) => one.raisedAt)).toEqual([1_009, 1_008]);
  });
});

describe.each(Object.entries(ENGINES))('a database from before times were kept, on %s', (_, start) => {
  it('has them from its alerts and its audit log after the migration', async () => {
    const engine = await start({ empty: true });
    try {
      const { dialect, engine: kind } = connect(engine.url);
      const db = new Kysely<never>({ dialect });
      const provider = { getMigrations: async () => migrationsOf(kind) };
      await new Migrator({ db, provider }).migrateTo('0011-home');
      const resolved = {
        is: 'resolved',
        by: 'U0ANA',
        at: raisedAt + 9,
        verdict: 'benign',
        note: '',
      } as const;
      const alert = alertWith({ handling: resolved, severity: 'high' });
      await sql`insert into alert (id, version, account, event_key, event_time, raised_at, handling, object_lower,
          severity_rank, state)
        values (${id}, 1, ${account}, 'k', ${eventTime}, ${raisedAt}, 'resolved', 'admins', 2,
          ${JSON.stringify(alert)})`.execute(db);
      await sql`insert into message (id, alert_id, kind, drawing, channel, ts, wanted_version, urgency, position)
        values ('card', ${id}, 'card', '{}', 'C0', '1795000000.500000', 1, 1, 1)`.execute(db);
      const entries = [
        ['acknowledge', raisedAt + 1, 'acknowledged', null, '{}'],
        ['acknowledge', raisedAt + 2, 'acknowledged', null, '{}'],
        ['mark-step', raisedAt + 3, 'acknowledged', null, '{}'],
        ['response-done', raisedAt + 4, 'done', 'RS-2', '{"action":"undo"}'],
        ['response-by-hand', raisedAt + 5, 'done', 'RS-1', '{"action":"disable-user"}'],
      ] as const;
      for (const [n, [what, at, to, response, facts]] of entries.entries())
        await sql`insert into audit (sequence, at, alert_id, response_id, what, from_state, to_state, facts,
            previous_hash, hash)
          values (${n + 1}, ${at}, ${id}, ${response}, ${what}, 'open', ${to}, ${facts}, '', '')`.execute(db);
      await db.destroy();

      const storage = await engine.open();
      expect((await storage.alerts.times(ALL)).times).toEqual([
        {
          alertId: id,
          account,
          ruleId,
          group: 'admins',
          severity: 'high',
          eventTime,
          raisedAt,
          shownAt: 1_795_000_000_500,
          acknowledgedAt: raisedAt + 1,
          firstStepAt: raisedAt + 3,
          containedAt: raisedAt + 5,
          resolvedAt: raisedAt + 9,
          verdict: 'benign',
        },
      ]);
    } finally {
      await engine.dispose();
    }
  });
});
