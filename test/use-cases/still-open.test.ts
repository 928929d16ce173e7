import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../src/domain/time.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { tellStillOpen } from '../../src/use-cases/still-open.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { manyRaised } from '../support/alerts.ts';

const AT = Date.UTC(2026, 10, 24, 9);

describe.each(Object.entries(ENGINES))('what is still open, on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const tell = (at: number, of = storage) =>
    tellStillOpen({ ...of, channel: 'C0ALERTS', redraw: () => undefined })(at);

  it('is told once a time, however often it is asked for', async () => {
    await storage.alerts.raise(manyRaised(12), []);
    const before = await storage.messages.behind();
    const other = await engine.replica(storage);
    await Promise.all([tell(AT), tell(AT, other)]);
    await tell(AT);
    expect(await storage.messages.behind()).toBe(before + 1);
    await tell(AT + HOUR);
    expect(await storage.messages.behind()).toBe(before + 2);
    const notice = await storage.messages.find(`notice:still-open:${AT / 60_000}`);
    expect(notice?.drawing).toMatchObject({
      of: 'notice',
      notice: { is: 'still-open', at: AT, counts: { low: { open: 12, acknowledged: 0 } } },
    });
    expect(notice?.drawing.of === 'notice' && 'alerts' in notice.drawing.notice).toBe(true);
  });

  it('is no message when nothing is', async () => {
    await tell(AT);
    expect(await storage.messages.behind()).toBe(0);
  });
});
