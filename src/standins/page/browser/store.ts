import type { Patch, SeenMessage, Snapshot } from '../wire.ts';

type Kind = Patch['is'] | 'lost' | 'place';

/** What the server has told, and who wants to know. */
export interface Store {
  readonly seen: Snapshot;
  /** Messages of a channel without replies, oldest first, with those for oneself alone. */
  inChannel(channel: string): SeenMessage[];
  replies(channel: string, ts: string): SeenMessage[];
  message(channel: string, ts: string): SeenMessage | undefined;
  on(kind: Kind, listener: (patch?: Patch) => void): void;
  tell(kind: Kind, patch?: Patch): void;
  /** Follows another person from now on. */
  follow(person: string): void;
}

/** Starts to listen; resolves once everything is there. After a restart of the server everything comes anew. */
export function startStore(person: string): Promise<Store> {
  const listeners = new Map<Kind, ((patch?: Patch) => void)[]>();
  let seen: Snapshot | undefined;
  let source: EventSource | undefined;

  return new Promise((resolve) => {
    const store: Store = {
      get seen() {
        if (!seen) throw new Error('nothing is there yet');
        return seen;
      },
      inChannel: (channel) => store.seen.messages.filter((one) => one.channel === channel && !one.thread_ts),
      replies: (channel, ts) =>
        store.seen.messages.filter((one) => one.channel === channel && one.thread_ts === ts),
      message: (channel, ts) => store.seen.messages.find((one) => one.channel === channel && one.ts === ts),
      on: (kind, listener) => listeners.set(kind, [...(listeners.get(kind) ?? []), listener]),
      tell(kind, patch) {
        for (const listener of listeners.get(kind) ?? []) listener(patch);
      },
      follow(id) {
        source?.close();
        source = new EventSource(`/changes?as=${encodeURIComponent(id)}`);
        source.addEventListener('message', ({ data }) => {
          const patch: Patch = JSON.parse(data);
          const first = seen === undefined;
          seen = applied(seen, patch);
          if (first) resolve(store);
          else store.tell(patch.is, patch);
        });
        source.addEventListener('error', () => store.tell('lost'));
      },
    };
    store.follow(person);
  });
}

/** What is seen after a patch. The list of messages keeps its order by time. */
function applied(seen: Snapshot | undefined, patch: Patch): Snapshot | undefined {
  if (patch.is === 'snapshot') return patch.snapshot;
  if (!seen) return undefined;
  switch (patch.is) {
    case 'message': {
      const { channel, ts } = patch.message;
      const index = seen.messages.findLastIndex((one) => one.channel === channel && one.ts === ts);
      if (index >= 0) seen.messages[index] = patch.message;
      else seen.messages.splice(seen.messages.findLastIndex((one) => one.ts < ts) + 1, 0, patch.message);
      return seen;
    }
    case 'gone': {
      const { channel, ts } = patch;
      seen.messages = seen.messages.filter((one) => one.channel !== channel || one.ts !== ts);
      return seen;
    }
    case 'incident':
      seen.incidents = [...seen.incidents, patch.incident].slice(-50);
      return seen;
    default:
      return { ...seen, ...patch };
  }
}
