import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import type { ReplicaStore } from '../../src/ports/replicas.ts';
import { presence } from '../../src/work/presence.ts';
import { ENGINES, type Engine } from './engines.ts';

const silent = () => undefined;
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

describe.each(Object.entries(ENGINES))('replicas on %s', (_, start) => {
  let engine: Engine;
  let replicas: ReplicaStore;
  beforeEach(async () => {
    engine = await start();
    replicas = (await engine.open()).replicas;
  });
  afterEach(() => engine.dispose());

  const one = { holder: 'one', host: 'a.example', pid: 7, version: '0.1.0', startedAt: 1_000 };

  it('are seen as long as they give signs of life', async () => {
    await replicas.beat({ ...one, seenAt: 1_000 });
    await replicas.beat({ ...one, holder: 'two', startedAt: 2_000, seenAt: 2_000 });
    await replicas.beat({ ...one, seenAt: 90_000 });
    expect(await replicas.seenSince(0)).toEqual([
      { ...one, seenAt: 90_000 },
      { ...one, holder: 'two', startedAt: 2_000, seenAt: 2_000 },
    ]);
    expect(await replicas.seenSince(30_000)).toEqual([{ ...one, seenAt: 90_000 }]);
    await replicas.beat({ ...one, seenAt: 4_000_000 });
    expect(await replicas.seenSince(0)).toHaveLength(1);
  });

  it('are gone at once when they stop', async () => {
    const signs = presence({ replicas, me: one, clock: { now: () => 5_000 }, log });
    signs.start();
    await expect.poll(() => replicas.seenSince(0)).toEqual([{ ...one, seenAt: 5_000 }]);
    await signs.stop();
    expect(await replicas.seenSince(0)).toEqual([]);
  });
});
