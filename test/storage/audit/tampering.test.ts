import { type Kysely, sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../../../src/ports/storage.ts';
import { type AuditRow, hashOf } from '../../../src/storage/audit/chain.ts';
import { type Verdict, verify } from '../../../src/storage/audit/verify.ts';
import { headOf, walk } from '../../../src/storage/audit/walk.ts';
import type { Schema } from '../../../src/storage/schema.ts';
import { raised } from '../../support/alerts.ts';
import { ENGINES, type Engine } from '../engines.ts';

const LENGTH = 7;
const MIDDLE = 4;

/** Seven entries: an alert worked by two people, one of whom is refused. */
async function work({ alerts, audit }: Storage): Promise<void> {
  const { alert } = raised();
  const ana = { id: 'U0ANA', name: 'Ana', team: 'T0HOME' };
  await alerts.raise([raised()], []);
  for (const version of [2, 3]) {
    const act = { do: 'note-step', step: 'actor', note: 'Asked Zoë' } as const;
    await alerts.save({ ...alert, version }, { act, by: ana, at: version, key: `click-${version}` });
  }
  const refused = {
    what: 'refused',
    from: 'open',
    to: 'open',
    facts: { act: 'reopen', because: 'already-open' },
  };
  await audit.record({ ...refused, at: 4, by: ana, alertId: alert.id, responseId: 'R1', key: 'click-4' });
  await alerts.save({ ...alert, version: 4 }, { act: { do: 'wake' }, at: 5, key: 'wake' });
  await audit.record({ at: 6, what: 'blind', facts: { why: 'AccessDenied' } });
  await audit.record({
    ...refused,
    at: 7,
    by: { id: 'U0BEN', name: 'Ben', team: 'T0HOME' },
    alertId: alert.id,
    responseId: 'R2',
    key: 'click-7',
  });
}

const SQLITE_TRIGGERS = sql<{ name: string; table: string }>`
  select name, tbl_name as "table" from sqlite_master where type = 'trigger'`;
const POSTGRES_TRIGGERS = sql<{ name: string; table: string }>`
  select tgname as name, tgrelid::regclass::text as "table" from pg_trigger where not tgisinternal`;

async function dropTriggers(hand: Kysely<Schema>, name: string): Promise<number> {
  const { rows } = await (name === 'SQLite' ? SQLITE_TRIGGERS : POSTGRES_TRIGGERS).execute(hand);
  for (const trigger of rows) {
    const on = name === 'SQLite' ? sql`` : sql`on ${sql.table(trigger.table)}`;
    await sql`drop trigger ${sql.ref(trigger.name)} ${on}`.execute(hand);
  }
  return rows.length;
}

/** Every value that differs from this one in a single character, and what else a hand might put there. */
function others(value: unknown): unknown[] {
  if (value === null) return ['', 'x', 'null'];
  if (typeof value === 'number') return [value + 1, -value, value + 1_000];
  const text = String(value);
  const flipped = [...text].map(
    (_, n) => text.slice(0, n) + String.fromCharCode(text.charCodeAt(n) ^ 1) + text.slice(n + 1),
  );
  return [...flipped, `${text} `, text.slice(1), ''];
}

describe.each(Object.entries(ENGINES))('an audit log that was changed by hand on %s', (name, start) => {
  let engine: Engine;
  let hand: Kysely<Schema>;
  let rows: AuditRow[];
  beforeAll(async () => {
    engine = await start();
    await work(await engine.open());
    hand = engine.byHand();
    rows = await Array.fromAsync(walk(hand));
    expect(await verify(walk(hand), await headOf(hand))).toMatchObject({ is: 'whole', verified: LENGTH });
    expect(await dropTriggers(hand, name)).toBeGreaterThanOrEqual(3);
  });
  afterAll(() => engine.dispose());

  /** What verify says of a change, which is then taken back. */
  async function afterChange(change: (trx: Transaction<Schema>) => Promise<unknown>): Promise<Verdict> {
    const trx = await hand.startTransaction().execute();
    try {
      await change(trx);
      return await verify(walk(trx), await headOf(trx));
    } finally {
      await trx.rollback().execute();
    }
  }

  const rowAt = (sequence: number): AuditRow => {
    const row = rows[sequence - 1];
    if (!row) throw new Error(`no row ${sequence}`);
    return row;
  };
  const put = (trx: Transaction<Schema>, sequence: number, values: Partial<AuditRow>) =>
    trx.updateTable('audit').set(values).where('sequence', '=', sequence).execute();

  it.each([1, MIDDLE, LENGTH])('is found out for every byte of every column of row %i', async (sequence) => {
    const row = rowAt(sequence);
    let tried = 0;
    for (const [column, value] of Object.entries(row).filter(([column]) => column !== 'sequence')) {
      for (const other of others(value)) {
        const verdict = await afterChange((trx) => put(trx, sequence, { [column]: other }));
        expect(verdict, `${column} = ${other}`).toMatchObject({
          is: 'broken',
          sequence,
          verified: sequence - 1,
        });
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(150);
  });

  it.each([1, MIDDLE, LENGTH])('is found out when row %i gets another number', async (sequence) => {
    for (const other of [0, -sequence, 99]) {
      const verdict = await afterChange((trx) => put(trx, sequence, { sequence: other }));
      expect(verdict).toMatchObject({
        is: 'broken',
        sequence: Math.min(sequence, other),
        why: expect.stringMatching(/^gap|^head/),
      });
    }
  });

  it('is found out when a row in the middle is gone', async () => {
    const verdict = await afterChange((trx) =>
      trx.deleteFrom('audit').where('sequence', '=', MIDDLE).execute(),
    );
    expect(verdict).toMatchObject({
      is: 'broken',
      sequence: MIDDLE,
      verified: MIDDLE - 1,
      why: expect.stringMatching(/^gap/),
    });
  });

  it('is found out when the end is cut off, and when all of it is', async () => {
    const cut = (from: number) =>
      afterChange((trx) => trx.deleteFrom('audit').where('sequence', '>=', from).execute());
    expect(await cut(LENGTH)).toMatchObject({
      is: 'broken',
      sequence: LENGTH,
      why: expect.stringMatching(/^head differs: 1 missing/),
    });
    expect(await cut(1)).toMatchObject({ is: 'broken', sequence: 1, verified: 0 });
  });

  it('is found out when two rows change places', async () => {
    const verdict = await afterChange(async (trx) => {
      await put(trx, 2, { sequence: 100 });
      await put(trx, 3, { sequence: 2 });
      await put(trx, 100, { sequence: 3 });
    });
    expect(verdict).toMatchObject({ is: 'broken', sequence: 2, why: expect.stringMatching(/^hash differs/) });
  });

  it('is found out when a row was written anew with a hash that fits', async () => {
    const forged = (sequence: number) =>
      afterChange((trx) => {
        const row = { ...rowAt(sequence), by: 'U0EVIL' };
        return put(trx, sequence, { ...row, hash: hashOf(row) });
      });
    expect(await forged(MIDDLE)).toMatchObject({
      sequence: MIDDLE + 1,
      why: expect.stringMatching(/^previous hash differs/),
    });
    expect(await forged(LENGTH)).toMatchObject({
      sequence: LENGTH,
      why: expect.stringMatching(/^head differs/),
    });
  });

  it('is found out when an entry was added beside the program', async () => {
    const last = rowAt(LENGTH);
    const row = { ...last, sequence: LENGTH + 1, request_key: 'by hand', previous_hash: last.hash };
    const verdict = await afterChange((trx) =>
      trx
        .insertInto('audit')
        .values({ ...row, hash: hashOf(row) })
        .execute(),
    );
    expect(verdict).toMatchObject({ sequence: LENGTH + 1, why: expect.stringMatching(/^head differs/) });
  });

  it('is found out when the head was changed, or is gone', async () => {
    const { hash } = rowAt(LENGTH);
    for (const head of [
      { sequence: LENGTH + 1 },
      { sequence: LENGTH - 1 },
      ...others(hash).map((other) => ({ hash: String(other) })),
    ]) {
      const verdict = await afterChange((trx) => trx.updateTable('audit_head').set(head).execute());
      expect(verdict).toMatchObject({ is: 'broken', why: expect.stringMatching(/^head differs/) });
    }
    const gone = await afterChange((trx) => trx.deleteFrom('audit_head').execute());
    expect(gone).toMatchObject({ is: 'broken', why: expect.stringMatching(/^head differs: the row/) });
  });
});

describe.each(Object.entries(ENGINES))('the database itself on %s', (name, start) => {
  let engine: Engine;
  let hand: Kysely<Schema>;
  beforeAll(async () => {
    engine = await start();
    await work(await engine.open());
    hand = engine.byHand();
  });
  afterAll(() => engine.dispose());

  const STATEMENTS = [
    "update audit set what = 'nothing'",
    'update audit set at = at where sequence = 1',
    'delete from audit where sequence = 7',
    'delete from audit',
    'delete from audit_head',
    "insert into audit_head (sequence, hash) values (0, '')",
    'update audit_head set sequence = sequence - 1',
    ...(name === 'SQLite'
      ? [
          `insert or replace into audit select * from audit where sequence = 1`,
          `insert or replace into audit (sequence, at, what, facts, request_key, previous_hash, hash) values (8, 1, 'x', '{}', 'click-4', '', '')`,
        ]
      : ['truncate audit', 'truncate audit_head', 'truncate audit, audit_head']),
  ];

  it.each(STATEMENTS)('refuses "%s"', async (statement) => {
    await expect(sql.raw(statement).execute(hand)).rejects.toThrow('the audit log is append-only');
    expect(await verify(walk(hand), await headOf(hand))).toMatchObject({ is: 'whole', verified: LENGTH });
  });
});
