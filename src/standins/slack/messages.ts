import type { Message } from './types.ts';

/** The messages of a workspace, found by channel and ts without looking at the others. */
export interface Messages {
  add(message: Message): void;
  find(channel: string, ts: string): Message | undefined;
  remove(channel: string, ts: string): void;
  /** What all can see, oldest first, replies included. */
  seen(channel: string): Message[];
  replies(channel: string, ts: string): Message[];
  /** What only this person sees. */
  ephemerals(user: string): Message[];
  /** Everything, for a report. */
  all(): Message[];
}

interface Shelf {
  byTs: Map<string, Message>;
  seen: Message[];
  threads: Map<string, Message[]>;
}

/** Keeps the newest `most` a channel, and of what a person alone sees. */
export function newMessages(most = Number.POSITIVE_INFINITY): Messages {
  const shelves = new Map<string, Shelf>();
  const privately = new Map<string, Message[]>();

  function shelf(channel: string): Shelf {
    const known = shelves.get(channel);
    if (known) return known;
    const made: Shelf = { byTs: new Map(), seen: [], threads: new Map() };
    shelves.set(channel, made);
    return made;
  }

  function take(list: Message[] | undefined, message: Message): void {
    const index = list?.lastIndexOf(message) ?? -1;
    if (index >= 0) list?.splice(index, 1);
  }

  function forget(message: Message): void {
    const { byTs, seen, threads } = shelf(message.channel);
    byTs.delete(message.ts);
    take(seen, message);
    take(threads.get(message.thread_ts ?? ''), message);
    take(privately.get(message.ephemeralFor ?? ''), message);
  }

  return {
    add(message) {
      const { byTs, seen, threads } = shelf(message.channel);
      byTs.set(message.ts, message);
      const lists: Message[][] = [];
      if (message.ephemeralFor) {
        privately.set(message.ephemeralFor, privately.get(message.ephemeralFor) ?? []);
        lists.push(privately.get(message.ephemeralFor) ?? []);
      } else {
        lists.push(seen);
        if (message.thread_ts) {
          const thread = threads.get(message.thread_ts) ?? [];
          threads.set(message.thread_ts, thread);
          thread.push(message);
        }
      }
      for (const list of lists) {
        list.push(message);
        const [oldest] = list;
        if (oldest && list.length > most) forget(oldest);
      }
    },
    find: (channel, ts) => shelves.get(channel)?.byTs.get(ts),
    remove(channel, ts) {
      const found = shelves.get(channel)?.byTs.get(ts);
      if (found) forget(found);
    },
    seen: (channel) => shelves.get(channel)?.seen.slice() ?? [],
    replies: (channel, ts) => shelves.get(channel)?.threads.get(ts)?.slice() ?? [],
    ephemerals: (user) => privately.get(user)?.slice() ?? [],
    all: () => [...shelves.values()].flatMap(({ byTs }) => [...byTs.values()]),
  };
}
