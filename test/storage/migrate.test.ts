import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../src/storage/audit/verify.ts';
import { headOf, walk } from '../../src/storage/audit/walk.ts';
import { connect } from '../../src/storage/connect.ts';
import { first } from '../../src/storage/migrations/0001-first.ts';
import { openStorage } from '../../src/storage/open.ts';
import { raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';

/** The database as the first version of the program left it, with gaps in its numbers. */
async function firstVersion(url: string, entries: number): Promise<void> {
  const { dialect, engine } = connect(url);
  const db = new Kysely<never>({ dialect });
  const migrations = { '0001-first': first(engine) };
  await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  const { id, account, eventKey, eventTime, raisedAt } = raised().alert;
  const alert = { id, version: 1, account, event_key: eventKey, event_time: eventTime, raised_at: raisedAt };
  await insert(db, 'alert', { ...alert, handling: 'open', state: JSON.stringify(raised().alert) });
  const message = { alert_id: id, channel: 'C0ALERTS', wanted_version: 1, urgency: 2 };
  const drawn = { drawing: JSON.stringify({ of: 'card', alertId: id }), kind: 'card', position: 1 };
  await insert(db, 'message', { ...message, ...drawn, id: `card:${id}` });
  await db.transaction().execute((trx) => addHistory(trx, id, entries));
  await db.destroy();
}

/** All in one transaction: each of a long history on its own would be a thousand waits for the disk. */
async function addHistory(db: Kysely<never>, id: string, entries: number): Promise<void> {
  const message = { alert_id: id, channel: 'C0ALERTS', wanted_version: 1, urgency: 2 };
  for (let n = 1; n <= entries; n++) {
    const sequence = n + Math.floor(n / 3);
    const by = n === 1 ? null : 'U0ANA';
    const what = n === 1 ? 'raised' : 'note-step';
    const facts = JSON.stringify({ step: 'actor', note: `note ${n}` });
    const entry = { sequence, alert_id: id, at: 1_000 + n, by, what, facts, request_key: `click-${n}` };
    await insert(db, 'entry', entry);
    const drawing = JSON.stringify({ of: 'line', alertId: id, sequence });
    const line = { id: `line:${sequence}`, drawing, kind: 'line', position: sequence };
    await insert(db, 'message', { ...message, ...line });
  }
}

function insert(db: Kysely<never>, table: string, row: object): Promise<unknown> {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  return sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
    db,
  );
}

describe.each(Object.entries(ENGINES))('a database of the first version on %s', (_, start) => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await start({ empty: true });
  });
  afterEach(() => engine.dispose());

  it('has its history carried over into the chain, in its order, and its lines with it', async () => {
    await firstVersion(engine.url, 7);
    const storage = await engine.open();
    const { alert } = raised();
    const history = await storage.audit.historyOf(alert.id);
    expect(
      history.map(({ sequence, at, by, what, key, facts }) => [sequence, at, by?.id, what, key, facts.note]),
    ).toEqual(
      Array.from({ length: 7 }, (__, at) => {
        const n = at + 1;
        return [
          n,
          1_000 + n,
          n === 1 ? undefined : 'U0ANA',
          n === 1 ? 'raised' : 'note-step',
          `click-${n}`,
          `note ${n}`,
        ];
      }),
    );
    const hand = engine.byHand();
    expect(await verify(walk(hand), await headOf(hand))).toMatchObject({ is: 'whole', verified: 7 });
    for (let sequence = 1; sequence <= 7; sequence++) {
      expect((await storage.messages.find(`line:${sequence}`))?.drawing).toEqual({
        of: 'line',
        alertId: alert.id,
        sequence,
      });
    }
    expect(await storage.messages.find('line:8')).toBeUndefined();
    await expect(sql`select * from entry`.execute(hand)).rejects.toThrow('entry');
  });

  it('goes on with the chain, and knows the clicks of before', async () => {
    await firstVersion(engine.url, 4);
    const storage = await engine.open();
    const { alert } = raised();
    const deed = { act: { do: 'acknowledge' } as const, by: { id: 'U0BEN' }, at: 2_000, key: 'click-3' };
    expect(await storage.alerts.save({ ...alert, version: 2 }, deed)).toBe('repeated');
    expect(await storage.alerts.save({ ...alert, version: 2 }, { ...deed, key: 'new' })).toBe('saved');
    expect(await storage.messages.find('line:5')).toBeDefined();
    const hand = engine.byHand();
    expect(await verify(walk(hand), await headOf(hand))).toMatchObject({ is: 'whole', verified: 5 });
  });

  it('stays as it is when the migration fails, and is migrated once the cause is gone', async () => {
    await firstVersion(engine.url, 4);
    const hand = engine.byHand();
    await sql`create table audit_head (in_the_way integer)`.execute(hand);
    await expect(openStorage(engine.url, { channel: 'C0ALERTS' })).rejects.toThrow('audit_head');
    expect((await sql`select * from entry`.execute(hand)).rows).toHaveLength(4);
    await sql`drop table audit_head`.execute(hand);
    const storage = await engine.open();
    expect(await storage.audit.historyOf(raised().alert.id)).toHaveLength(4);
  });

  it('may have a long history', async () => {
    await firstVersion(engine.url, 1_203);
    await engine.open();
    const hand = engine.byHand();
    expect(await verify(walk(hand), await headOf(hand))).toMatchObject({ is: 'whole', verified: 1_203 });
  });
});
