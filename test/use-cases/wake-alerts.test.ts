import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { takeStep } from '../../src/use-cases/take-step.ts';
import { wakeAlerts } from '../../src/use-cases/wake-alerts.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { raised } from '../support/alerts.ts';

const quiet = () => undefined;
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const { id } = raised().alert;

describe.each(Object.entries(ENGINES))('a snooze on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let now = 1_000;
  const clock = { now: () => now };
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    now = 1_000;
    await storage.alerts.raise([raised()], []);
    const step = takeStep({ ...storage, clock, redraw: quiet });
    await step({ alertId: id, act: { do: 'snooze', until: 5_000 }, by: { id: 'U0ANA' }, key: 'click' });
  });
  afterEach(() => engine.dispose());

  const wake = ({ alerts }: Storage) => wakeAlerts({ alerts, clock, log, redraw: quiet })();

  it('lasts until it is over', async () => {
    now = 4_999;
    await wake(storage);
    expect((await storage.alerts.find(id))?.snooze).toMatchObject({ until: 5_000 });
  });

  it('ends once on two replicas: on record, with a line in the thread', async () => {
    now = 5_000;
    const other = await engine.replica(storage);
    await Promise.all([wake(storage), wake(other)]);
    await wake(storage);
    expect((await storage.alerts.find(id))?.snooze).toBeUndefined();
    const history = await storage.audit.historyOf(id);
    expect(history.map(({ what }) => what)).toEqual(['raised', 'snooze', 'wake']);
    expect(history.at(-1)).toMatchObject({ at: 5_000, by: undefined, from: 'open', to: 'open' });
    expect(await storage.messages.find('line:3')).toBeDefined();
  });
});
