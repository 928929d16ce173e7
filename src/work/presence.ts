import { SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Replica, ReplicaStore } from '../ports/replicas.ts';
import { type Loop, loop } from './loop.ts';

interface Needs {
  replicas: ReplicaStore;
  me: Omit<Replica, 'seenAt'>;
  clock: Clock;
  log: Log;
}

const EVERY = 10 * SECOND;

/** Lets the other replicas know that this one is there. */
export function presence({ replicas, me, clock, log }: Needs): Loop {
  const beats = loop({
    name: 'telling the other replicas',
    log,
    async round() {
      await replicas.beat({ ...me, seenAt: clock.now() });
      return EVERY;
    },
  });
  return {
    ...beats,
    async stop() {
      await beats.stop();
      await replicas.leave(me.holder);
    },
  };
}
