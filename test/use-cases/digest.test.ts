import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src/domain/time.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ShownPicture } from '../../src/ports/messages.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { tellDigest } from '../../src/use-cases/digest.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { manyRaised } from '../support/alerts.ts';

const AT = Date.UTC(2026, 10, 30, 9);
const PICTURE: ShownPicture = { fileId: 'F1', title: 'Alerts a day', alt: 'some' };
const quiet = () => undefined;

describe.each(Object.entries(ENGINES))('the digest of a week, on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let warnings: string[];
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    warnings = [];
  });
  afterEach(() => engine.dispose());

  const log: Log = { debug: quiet, info: quiet, warn: (_, said) => void warnings.push(said), error: quiet };
  const tell = (failures = 0, charts = async () => [PICTURE], of = storage) =>
    tellDigest({ ...of, charts, channel: 'C0ALERTS', log, redraw: quiet })(AT, failures);
  const notice = () => storage.messages.find(`notice:digest:${AT / 60_000}`);
  const refusing = () => Promise.reject(new Error('missing_scope'));

  it('is one message with its charts, however often it is asked for', async () => {
    await storage.alerts.raise(manyRaised(3), []);
    const before = await storage.messages.behind();
    const other = await engine.replica(storage);
    await Promise.all([tell(), tell(0, async () => [PICTURE], other)]);
    await tell();
    expect(await storage.messages.behind()).toBe(before + 1);
    expect((await notice())?.drawing).toEqual({
      of: 'notice',
      notice: { is: 'digest', from: AT - 7 * DAY, to: AT, pictures: [PICTURE] },
    });
  });

  it('is tried again while Slack takes no charts, and comes without them at last', async () => {
    await storage.alerts.raise(manyRaised(1), []);
    for (let failures = 0; failures < 5; failures++) await expect(tell(failures, refusing)).rejects.toThrow();
    expect(await notice()).toBeUndefined();
    await tell(5, refusing);
    expect((await notice())?.drawing).toMatchObject({ notice: { pictures: [] } });
    expect(warnings).toEqual(['the digest goes without its charts, which Slack does not take']);
  });

  it('of a week without alerts draws nothing', async () => {
    await tell(0, refusing);
    expect((await notice())?.drawing).toMatchObject({ notice: { is: 'digest', pictures: [] } });
  });
});
