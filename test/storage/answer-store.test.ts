import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, name, say, strong, when } from '../../src/domain/answer.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';

const AT = Date.UTC(2026, 10, 24, 5);
const answer = (different: Partial<Answer> = {}): Answer => ({
  at: AT,
  source: 'IAM',
  short: [say`${name('b\u0000b\ud800')} has ${strong(2)} since ${when(AT)}`],
  more: [[{ person: 'U0ANA' }, { alert: 'GW-1' }, { link: 'x', to: 'https://x.example' }]],
  missing: ['not allowed'],
  ...different,
});
const long = { columns: ['n'], rows: Array.from({ length: 200 }, (_, n) => [`row ${n}`]) };
const picture = { title: 't', marked: AT, hours: [{ start: AT, services: { iam: 3 } }] };

describe.each(Object.keys(ENGINES))('answers on %s', (engineName) => {
  let engine: Engine;
  let storage: Storage;
  let id: string;
  beforeEach(async () => {
    engine = await (ENGINES[engineName]?.() ?? Promise.reject(new Error(engineName)));
    storage = await engine.open();
    const one = raised();
    await storage.alerts.raise([one], []);
    id = one.alert.id;
  });
  afterEach(() => engine.dispose());

  const key = (step = 'scope') => ({ alertId: id, step, phase: 'triage' as const });
  const job = (step = 'scope') => ({
    id: `answer:${step}`,
    kind: 'answer.fetch',
    subject: `${id}|${step}`,
    dueAt: AT,
  });
  const ask = (since = AT) => storage.answers.ask(key(), { since, by: 'U0ANA' }, job());

  /** Messages that Slack is to get, by what they are of. */
  async function wanted(): Promise<string[]> {
    const rows = await engine
      .byHand()
      .selectFrom('message')
      .select(['id', 'wanted_version'])
      .orderBy('id')
      .execute();
    return rows.map((row) => `${row.id.replace(id, '…')} ${row.wanted_version}`);
  }

  it('are asked for once, with their job, until they are here', async () => {
    expect(await ask()).toBe(true);
    expect(await ask(AT + 1)).toBe(false);
    expect(await storage.jobs.due(AT)).toBeGreaterThan(0);
    expect(await storage.answers.find(id, 'scope')).toEqual({
      step: 'scope',
      answer: undefined,
      asked: { since: AT, by: 'U0ANA', pages: 0 },
      trouble: undefined,
    });
    expect(await storage.answers.progress(key(), AT, 7)).toBe(true);
    expect((await storage.answers.find(id, 'scope'))?.asked?.pages).toBe(7);
    expect(await storage.answers.keep(key(), answer(), AT)).toBe(true);
    const found = await storage.answers.find(id, 'scope');
    expect(found?.asked).toBeUndefined();
    expect(found?.answer?.short[0]?.at(-1)).toEqual({ at: AT });
    expect(await ask(AT + 2)).toBe(true);
    expect((await storage.answers.ofAlert(id)).map(({ step }) => step)).toEqual(['scope']);
  });

  it('of two who ask at once are looked up once', async () => {
    const other = await engine.replica(storage);
    const both = await Promise.all([ask(), other.answers.ask(key(), { since: AT + 1, by: 'U0BEN' }, job())]);
    expect(both.toSorted()).toEqual([false, true]);
  });

  it('that are cancelled are not wanted any more, whatever still comes of it', async () => {
    expect(await storage.answers.cancel(key())).toBe(false);
    await ask();
    expect(await storage.answers.cancel(key())).toBe(true);
    expect(await storage.answers.cancel(key())).toBe(false);
    expect(await storage.answers.progress(key(), AT, 1)).toBe(false);
    expect(await storage.answers.keep(key(), answer(), AT)).toBe(false);
    expect(await storage.answers.fail(key(), { at: AT, why: 'no' }, AT)).toBe(false);
    await ask(AT + 5);
    expect(await storage.answers.keep(key(), answer(), AT)).toBe(false);
    expect((await storage.answers.find(id, 'scope'))?.answer).toBeUndefined();
  });

  it('that fail say why, and leave the last one standing', async () => {
    await storage.answers.keep(key(), answer());
    await ask();
    expect(await storage.answers.fail(key(), { at: AT + 9, why: 'n\u0000o' }, AT)).toBe(true);
    expect(await storage.answers.find(id, 'scope')).toMatchObject({
      trouble: { at: AT + 9 },
      answer: { source: 'IAM' },
    });
    await storage.answers.keep(key(), answer());
    expect((await storage.answers.find(id, 'scope'))?.trouble).toBeUndefined();
  });

  it('have their phase of the guide drawn anew, and no other', async () => {
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no alert');
    const opened = { ...alert, version: alert.version + 1, guideOpenedBy: 'U0ANA' };
    const first = { id: 'first', kind: 'answer.first', subject: id, dueAt: AT };
    await storage.alerts.save(opened, { act: { do: 'open-guide' }, at: AT, key: 'k', jobs: [first] });
    expect(
      (await storage.jobs.claim({ kinds: ['answer.first'], limit: 1, holder: 'h', now: AT, leaseMs: 60_000 }))
        .length,
    ).toBe(1);
    await ask();
    await storage.answers.keep(key(), answer(), AT);
    const guides = (await wanted()).filter((one) => one.startsWith('guide'));
    expect(guides).toEqual(['guide:…:false-positive 1', 'guide:…:response 1', 'guide:…:triage 3']);
  });

  it('are posted in full once, redrawn with every new one, and as files where they are long', async () => {
    expect(await storage.answers.detail(key())).toBe('unanswered');
    await storage.answers.keep(key(), answer({ table: long }));
    expect(await storage.answers.detail(key())).toBe('asked');
    expect(await storage.answers.detail(key())).toBe('there');
    await storage.answers.keep(key(), answer({ at: AT + 1, table: { ...long, rows: long.rows.slice(2) } }));
    expect(await wanted()).toEqual(
      expect.arrayContaining(['details:…:scope 2', `file:…:scope:table:${AT} 1`]),
    );
    expect(await storage.answers.detail(key())).toBe('asked');
    expect(await wanted()).toContain(`file:…:scope:table:${AT + 1} 1`);
  });

  it('bring their picture into the thread, once each', async () => {
    await storage.answers.keep(key(), answer({ picture }));
    await storage.answers.keep(key(), answer({ picture }));
    await storage.answers.keep(key(), answer({ at: AT + 1, picture }));
    expect((await wanted()).filter((one) => one.startsWith('file'))).toEqual([
      `file:…:scope:picture:${AT} 1`,
      `file:…:scope:picture:${AT + 1} 1`,
    ]);
    expect((await storage.answers.find(id, 'scope'))?.answer?.picture).toEqual(picture);
  });

  it('tell the times of alerts by who acted first and when Slack had the card', async () => {
    await storage.alerts.raise(manyRaised(2), []);
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no alert');
    const by = 'U0ANA';
    const seen = { ...alert, version: 2, handling: { is: 'acknowledged', by, at: AT } } as const;
    await storage.alerts.save(seen, { act: { do: 'acknowledge' }, by: { id: by }, at: AT, key: 'a' });
    await engine
      .byHand()
      .updateTable('message')
      .set({ ts: '1795490900.5' })
      .where('alert_id', '=', id)
      .execute();
    const times = await storage.alerts.timesSince(0);
    expect(times).toHaveLength(3);
    expect(times.find(({ alertId }) => alertId === id)).toMatchObject({
      alertId: id,
      eventTime: alert.eventTime,
      raisedAt: alert.raisedAt,
      shownAt: 1_795_490_900_500,
      acknowledgedAt: AT,
      resolvedAt: undefined,
    });
    expect(await storage.alerts.timesSince(alert.raisedAt + 1)).toEqual([]);
  });
});
