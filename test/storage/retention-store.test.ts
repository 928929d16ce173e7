import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { take } from '../../src/domain/alert-lifecycle.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { prune } from '../../src/use-cases/prune.ts';
import { manyRaised } from '../support/alerts.ts';
import { anException } from '../support/exceptions.ts';
import { requestWith } from '../support/requests.ts';
import { ENGINES, type Engine } from './engines.ts';

const DAY = 86_400_000;
const RAISED = Date.UTC(2026, 10, 24, 4);
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

describe.each(Object.entries(ENGINES))('retention on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  async function resolve(id: string): Promise<void> {
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no such alert');
    const act = { do: 'resolve', verdict: 'benign', note: 'Onboarding' } as const;
    const outcome = take({ ...act, by: 'U0ANA', at: RAISED }, alert);
    if (!outcome.ok) throw new Error(outcome.refusal.because);
    await storage.alerts.save(outcome.alert, { act, by: { id: 'U0ANA' }, at: RAISED, key: id });
  }
  const pruneAt = (now: number): Promise<unknown> =>
    prune({ retention: storage.retention, clock: { now: () => now }, log, keepFor: 400 * DAY })(
      undefined,
      new AbortController().signal,
    );

  it('takes away what is resolved and old, with all that belongs to it, and says so on record', async () => {
    const many = manyRaised(250);
    await storage.alerts.raise(many, []);
    const ids = many.map(({ alert }) => alert.id);
    for (const id of ids.slice(0, 220)) await resolve(id);
    const before = await storage.audit.head();
    await pruneAt(RAISED + 400 * DAY);
    expect((await storage.alerts.search({ limit: 1, offset: 0 })).total).toBe(250);

    const again = await pruneAt(RAISED + 400 * DAY + 1);
    expect(again).toEqual({ is: 'again', at: RAISED + 401 * DAY + 1 });
    expect((await storage.alerts.search({ limit: 1, offset: 0 })).total).toBe(30);
    expect(await storage.alerts.find(ids[0] ?? '')).toBeUndefined();
    expect(await storage.messages.cardOf(ids[0] ?? '')).toBeUndefined();
    expect(await storage.audit.historyOf(ids[0] ?? '')).toHaveLength(2);
    const told: unknown[] = [];
    for await (const { what, facts } of storage.audit.walk(before.sequence + 1))
      told.push([what, facts.alerts]);
    expect(told).toEqual([
      ['pruned', 100],
      ['pruned', 100],
      ['pruned', 20],
    ]);
  });

  it('keeps an old alert that is open, but not its raw record', async () => {
    const [one] = manyRaised(1);
    if (!one) throw new Error('none');
    await storage.alerts.raise([one], []);
    await pruneAt(RAISED + 401 * DAY);
    expect((await storage.alerts.find(one.alert.id))?.id).toBe(one.alert.id);
    expect(await storage.alerts.rawOf(one.alert.id)).toBeUndefined();
  });

  it('keeps an alert as long as a response to it can be taken back', async () => {
    const [one] = manyRaised(1);
    if (!one) throw new Error('none');
    await storage.alerts.raise([one], []);
    await resolve(one.alert.id);
    const request = requestWith({ alertId: one.alert.id, state: { is: 'done', at: RAISED } });
    await storage.responses.open(request, { entry: { at: RAISED, what: 'asked', facts: {} }, line: false });
    await pruneAt(RAISED + 401 * DAY);
    expect((await storage.alerts.find(one.alert.id))?.id).toBe(one.alert.id);
    expect(await storage.responses.find(request.id)).toBeDefined();
  });

  it('keeps an alert as long as what its exceptions exempted must be known', async () => {
    const [one, two] = manyRaised(2);
    if (!one || !two) throw new Error('none');
    await storage.alerts.raise([one], []);
    await resolve(one.alert.id);
    const exception = anException({ alertId: one.alert.id, at: RAISED, expiresAt: RAISED + 30 * DAY });
    const entry = { at: RAISED, what: 'exception-added', facts: {} };
    await storage.exceptions.open(exception, { entry, line: false });
    expect(await storage.alerts.raise([{ ...two, exemption: exception.id }], [])).toEqual(['exempted']);
    await pruneAt(RAISED + 430 * DAY);
    expect(await storage.exceptions.find(exception.id)).toBeDefined();
    expect(await storage.alerts.raise([two], [])).toEqual(['known']);
    await pruneAt(RAISED + 430 * DAY + 1);
    expect(await storage.exceptions.find(exception.id)).toBeUndefined();
    expect(await storage.alerts.find(one.alert.id)).toBeUndefined();
  });

  it('takes old notices away, once they were shown', async () => {
    const notice = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;
    await storage.messages.notify('shown', 'C0', notice, RAISED);
    const [message] = await storage.messages.claim({ limit: 1, holder: 'h', now: RAISED, leaseMs: 60_000 });
    await storage.messages.shown(message?.id ?? '', 'h', {
      channel: 'C0',
      ts: '1.1',
      version: 1,
      at: RAISED,
    });
    await storage.messages.notify('waiting', 'C0', notice, RAISED);
    await pruneAt(RAISED + 401 * DAY);
    expect(await storage.messages.find('shown')).toBeUndefined();
    expect(await storage.messages.find('waiting')).toBeDefined();
  });
});
