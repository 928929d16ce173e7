import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, NewAuditEntry } from '../../../src/ports/audit.ts';
import type { Storage } from '../../../src/ports/storage.ts';
import { openAudit } from '../../../src/storage/audit/open.ts';
import { type Verdict, verify } from '../../../src/storage/audit/verify.ts';
import { raised } from '../../support/alerts.ts';
import { ENGINES, type Engine } from '../engines.ts';

const entry = (different: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  at: 5_000,
  by: { id: 'U0ANA', name: 'Ana', team: 'T0HOME' },
  what: 'acknowledge',
  alertId: 'GW-1',
  from: 'open',
  to: 'acknowledged',
  facts: { b: 1, a: 'x' },
  ...different,
});

async function verified(url: string): Promise<Verdict> {
  const snapshot = await openAudit(url);
  const verdict = await verify(snapshot.rows(), snapshot.head);
  await snapshot.close();
  return verdict;
}

describe.each(Object.entries(ENGINES))('the audit log on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  it('keeps entries as they were recorded, each with the hash of the one before', async () => {
    const { audit } = storage;
    const full = entry({ responseId: 'R1', key: 'click' });
    const bare = { at: 6_000, what: 'blind', facts: {} };
    expect(await audit.record(full)).toBe('recorded');
    expect(await audit.record(bare)).toBe('recorded');
    const [first, second] = await Array.fromAsync(audit.walk());
    expect(first).toMatchObject({ ...full, sequence: 1, previousHash: '0'.repeat(64) });
    expect(second).toMatchObject({ ...bare, sequence: 2, previousHash: first?.hash });
    expect(second).toMatchObject({ by: undefined, alertId: undefined, from: undefined, key: undefined });
    expect(await audit.head()).toEqual({ sequence: 2, hash: second?.hash });
    expect(await audit.find(2)).toEqual(second);
    expect(await audit.find(3)).toBeUndefined();
  });

  it('records the same click once', async () => {
    expect(await storage.audit.record(entry({ key: 'click' }))).toBe('recorded');
    expect(await storage.audit.record(entry({ key: 'click', what: 'refused' }))).toBe('repeated');
    expect(await storage.audit.historyOf('GW-1')).toHaveLength(1);
    expect(await verified(engine.url)).toMatchObject({ is: 'whole', verified: 1 });
  });

  it('tells the history of one alert, whole or by the page', async () => {
    for (const alertId of ['GW-1', 'GW-2', 'GW-1', 'GW-1']) await storage.audit.record(entry({ alertId }));
    const sequences = (entries: AuditEntry[]) => entries.map(({ sequence }) => sequence);
    expect(sequences(await storage.audit.historyOf('GW-1'))).toEqual([1, 3, 4]);
    const { entries, total } = await storage.audit.latestOf('GW-1', { limit: 2, offset: 1 });
    expect(sequences(entries)).toEqual([3, 1]);
    expect(total).toBe(3);
  });

  it('has no gap and no trace of what was rolled back', async () => {
    const { alert } = raised();
    await storage.alerts.raise([raised()], []);
    const late = { ...alert, version: 7 };
    const deed = { act: { do: 'acknowledge' } as const, by: { id: 'U0ANA' }, at: 5_000, key: 'late' };
    expect(await storage.alerts.save(late, deed)).toBe('moved-on');
    expect(await storage.alerts.save({ ...alert, version: 2 }, { ...deed, key: 'click' })).toBe('saved');
    expect(await storage.audit.historyOf(alert.id)).toMatchObject([
      { sequence: 1, what: 'raised', to: 'open' },
      { sequence: 2, what: 'acknowledge', from: 'open', to: 'open', by: { id: 'U0ANA' } },
    ]);
    expect(await verified(engine.url)).toMatchObject({ is: 'whole', verified: 2 });
  });

  it('names a second record and a correction, also when they come with the original', async () => {
    const corrects = { reason: 'UPDATED_DATA', originalEventID: raised().alert.eventKey };
    await storage.alerts.raise([raised(), raised({ eventID: 'again' })], []);
    await storage.alerts.raise([raised({ eventID: 'fix', requestID: 'fix', addendum: corrects })], []);
    expect(await storage.audit.historyOf(raised().alert.id)).toMatchObject([
      { what: 'raised', facts: { account: '111122223333', event: raised().alert.eventKey } },
      { what: 'linked', facts: { key: 'again' } },
      { what: 'corrected', facts: { key: 'fix' } },
    ]);
  });

  it('stays whole while two replicas write to it at once', async () => {
    const other = await engine.replica(storage);
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 ? storage : other).audit.record(entry({ key: `click-${n % 80}` })),
      ),
    );
    expect(await verified(engine.url)).toMatchObject({ is: 'whole', verified: 80 });
  });

  it('holds up nobody for good: replicas that raise, link and move the same alerts at once', async () => {
    const other = await engine.replica(storage);
    const alerts = many(10, 'busy');
    await storage.alerts.raise(alerts, []);
    const again = (n: number) =>
      alerts.map(({ alert, ...rest }) => ({
        ...rest,
        alert: { ...alert, eventKey: `${alert.eventKey}-${n}` },
      }));
    const act = { do: 'acknowledge' } as const;
    const moves = alerts.flatMap(({ alert }, n) =>
      [storage, other].map((replica) =>
        replica.alerts.save(
          { ...alert, version: 2 },
          { act, by: { id: 'U0ANA' }, at: 5_000, key: `click-${n}` },
        ),
      ),
    );
    const raisings = [storage, other].flatMap((replica) =>
      [0, 1, 2].map((n) => replica.alerts.raise(n % 2 ? again(n) : again(n).toReversed(), [])),
    );
    await Promise.all([...moves, ...raisings]);
    expect(await verified(engine.url)).toMatchObject({ is: 'whole' });
    const linked = (await Array.fromAsync(storage.audit.walk())).filter(({ what }) => what === 'linked');
    expect(linked).toHaveLength(30);
  });

  it('is walked page by page, from anywhere', async () => {
    for (let n = 0; n < 5; n++) await storage.alerts.raise(many(450, `page-${n}`), []);
    expect(await verified(engine.url)).toMatchObject({ is: 'whole', verified: 2_250 });
    const rest = await Array.fromAsync(storage.audit.walk(1_200));
    expect(rest.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1_051 }, (_, n) => n + 1_200));
  });

  it('is whole whatever people and AWS call themselves', async () => {
    const odd = [
      '\0',
      '\uD800',
      'e\u0301',
      '\u202Eevil',
      '\u2028',
      '😀',
      '\uDC00\uD800',
      "'; drop table audit; --",
    ];
    for (const text of odd) {
      await storage.audit.record(
        entry({
          by: { id: text, name: text, team: text },
          what: text,
          alertId: text,
          from: text,
          to: text,
          facts: { [text]: [text] },
          key: `${text} of ${odd.indexOf(text)}`,
        }),
      );
    }
    expect(await verified(engine.url)).toMatchObject({ is: 'whole', verified: odd.length });
    for (const text of odd.slice(2)) expect(await storage.audit.historyOf(text)).not.toEqual([]);
  });

  it('can be read while a transaction writes to it', async () => {
    await storage.audit.record(entry());
    const snapshot = await openAudit(engine.url);
    await storage.audit.record(entry());
    expect(await verify(snapshot.rows(), snapshot.head)).toMatchObject({ is: 'whole', verified: 1 });
    await snapshot.close();
  });
});

function many(count: number, prefix: string) {
  return Array.from({ length: count }, (_, n) =>
    raised({
      eventID: `${prefix}-${n}`,
      requestID: `${prefix}-${n}`,
      requestParameters: { userName: `${n}`, groupName: prefix },
    }),
  );
}
