import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sinceOf } from '../../src/cli/since.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { manyRaised } from '../support/alerts.ts';
import { runProgram } from '../support/program.ts';

const audit = (url: string, ...args: string[]) => runProgram('src/cli/audit.ts', args, { DATABASE_URL: url });

const lines = (out: string) => out.trim().split('\n');

describe.each(Object.entries(ENGINES))('npm run audit on %s', (name, start) => {
  let engine: Engine;
  let head: { sequence: number; hash: string };
  beforeAll(async () => {
    engine = await start();
    const { alerts, audit } = await engine.open();
    await alerts.raise(manyRaised(1_300), []);
    await audit.record({ at: Date.now() + 60_000, what: 'blind', facts: { why: 'AccessDenied' } });
    head = await audit.head();
  });
  afterAll(() => engine.dispose());

  it('verifies a log while the program has it open, and tells the head', async () => {
    expect(await audit(engine.url, 'verify')).toEqual({
      out: `whole: 1301 entries verified; head: entry 1301, ${head.hash}\n`,
      err: '',
      status: 0,
    });
  });

  it('exports every entry as the text that was hashed, with its hash, and the head last', async () => {
    const { out, status } = await audit(engine.url, 'export');
    expect(status).toBe(0);
    const exported = lines(out);
    expect(exported.pop()).toBe(JSON.stringify({ head }));
    expect(exported).toHaveLength(1_301);
    let before = '0'.repeat(64);
    for (const line of exported) {
      const { previousHash, hash } = JSON.parse(line);
      expect(previousHash).toBe(before);
      before = createHash('sha256')
        .update(line.replace(/,"hash":"[0-9a-f]{64}"}$/, '}'))
        .digest('hex');
      expect(hash).toBe(before);
    }
    expect(before).toBe(head.hash);
  });

  it('exports what is newer than a moment', async () => {
    const { out } = await audit(engine.url, 'export', '--since', new Date().toISOString());
    expect(lines(out).map((line) => JSON.parse(line))).toMatchObject([{ sequence: 1_301 }, { head }]);
    expect(lines((await audit(engine.url, 'export', '--since', '2999-01-01')).out)).toEqual([
      JSON.stringify({ head }),
    ]);
    expect(lines((await audit(engine.url, 'export', '--since', '2026-11-24')).out)).toHaveLength(1_302);
  });

  it('names the first entry that was changed, and fails', async () => {
    const hand = engine.byHand();
    await (name === 'SQLite'
      ? sql`drop trigger audit_no_update`
      : sql`alter table audit disable trigger user`
    ).execute(hand);
    await hand.updateTable('audit').set({ by: 'U0EVIL' }).where('sequence', 'in', [700, 900]).execute();
    expect(await audit(engine.url, 'verify')).toEqual({
      out: `broken at entry 700: hash differs: something in this entry was changed\n699 entries verified before it; head: entry 1301, ${head.hash}\n`,
      err: '',
      status: 1,
    });
  });
});

describe('npm run audit says what to mend', () => {
  it.each([
    ['file:/nowhere/at/all.db', ['verify'], 'There is no database at file:/nowhere/at/all.db'],
    ['mysql://x', ['verify'], 'DATABASE_URL must be'],
    ['postgres://u:p@127.0.0.1:9/x', ['verify'], 'ECONNREFUSED'],
    ['file::memory:', ['verify'], 'no database'],
    ['file:x', [], 'usage: npm run audit'],
    ['file:x', ['verify', '--fast'], 'usage: npm run audit'],
    ['file:x', ['export', '--since'], 'usage: npm run audit'],
    ['file:x', ['export', '--since', 'yesterday'], 'usage: npm run audit'],
  ])('%s %j', async (url, args, words) => {
    expect(await audit(url, ...args)).toMatchObject({
      out: '',
      status: 2,
      err: expect.stringContaining(words),
    });
  });

  it('when the database is of an older version', async () => {
    const engine = await ENGINES.SQLite?.();
    if (!engine) throw new Error('no SQLite');
    await sql`create table entry (sequence integer)`.execute(engine.byHand());
    expect(await audit(engine.url, 'verify')).toMatchObject({
      status: 2,
      err: expect.stringContaining('no audit log'),
    });
    await engine.dispose();
  });
});

describe('--since', () => {
  const now = Date.UTC(2026, 10, 24, 12);
  it.each([
    ['7d', Date.UTC(2026, 10, 17, 12)],
    ['12h', Date.UTC(2026, 10, 24)],
    ['30min', Date.UTC(2026, 10, 24, 11, 30)],
    ['2026-11-24', Date.UTC(2026, 10, 24)],
    ['2026-11-24T03:00', Date.UTC(2026, 10, 24, 3)],
    ['2026-11-24T03:00:01.5Z', Date.UTC(2026, 10, 24, 3, 0, 1, 500)],
    ['2026-11-24T03:00+02:00', Date.UTC(2026, 10, 24, 1)],
    ['2026-13-01', undefined],
    ['2026-11-24T25:00', undefined],
    ['7', undefined],
    ['7 days', undefined],
    ['', undefined],
  ])('%s', (text, at) => {
    expect(sinceOf(text, now)).toBe(at);
  });
});
