import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import { type Instruments, instruments } from './instruments.ts';
import { refresher } from './refresh.ts';

/** The numbers of one app; two in a process don't share any. */
export interface Metrics extends Instruments {
  /** All of them in Prometheus's format as they are. */
  text(): Promise<string>;
  /** The same with what only the database and the connections know, for /metrics. */
  page(from: {
    storage: Storage;
    clock: Clock;
    startedAt: number;
    sockets: () => Sockets;
  }): () => Promise<Page>;
}

interface Sockets {
  open: number;
  of: number;
}

export interface Page {
  type: string;
  body: string;
}

/** `ofProcess` adds Node's and the process's own numbers, which belong to one app in a process. */
export function makeMetrics({ version, ofProcess }: { version: string; ofProcess: boolean }): Metrics {
  const registry = new Registry();
  const all = instruments(registry);
  if (ofProcess) collectDefaultMetrics({ register: registry });
  all.info.set({ version }, 1);
  return {
    ...all,
    text: () => registry.metrics(),
    page({ sockets, ...needs }) {
      const refresh = refresher(all, needs);
      return async () => {
        await refresh();
        const { open, of } = sockets();
        all.sockets.set(open);
        all.socketsWanted.set(of);
        return { type: registry.contentType, body: await registry.metrics() };
      };
    },
  };
}
