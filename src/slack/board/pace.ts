/** Slack allows 50 updates a minute (tier 3): this many at once, and then one every `updateEveryMs`. */
const UPDATES_AT_ONCE = 10;

/** What can't be sent just now. */
export interface Shut {
  /** Channels that get no new message. */
  posts: string[];
  updates: boolean;
  /** Milliseconds until one of them opens. */
  forMs: number;
}

export interface Pacer {
  shut(): Shut;
  posted(channel: string): void;
  updated(): void;
  /** Slack said 429: no new message in this channel for so long. */
  pausePosts(channel: string, forMs: number): void;
  /** The same for updates, which Slack counts for the workspace as a whole. */
  pauseUpdates(forMs: number): void;
}

interface Needs {
  postEveryMs: number;
  updateEveryMs: number;
  /** Milliseconds that only ever grow; the time of day may jump. */
  elapsed?: () => number;
}

/**
 * When the next message may go out. Posts are counted by channel (Slack wants at most one a second in each), and
 * updates apart from them, so that neither a busy channel nor a queue of new cards holds a redraw up.
 */
export function pacer({ postEveryMs, updateEveryMs, elapsed = () => performance.now() }: Needs): Pacer {
  const nextPost = new Map<string, number>();
  let updatesUsedUntil = 0;
  let updatesPausedUntil = 0;
  const later = (channel: string, at: number): void => {
    nextPost.set(channel, Math.max(at, nextPost.get(channel) ?? 0));
  };
  return {
    shut() {
      const now = elapsed();
      for (const [channel, at] of nextPost) if (at <= now) nextPost.delete(channel);
      const updatesOpenAt = Math.max(
        updatesPausedUntil,
        updatesUsedUntil - (UPDATES_AT_ONCE - 1) * updateEveryMs,
      );
      const openings = [...nextPost.values(), ...(updatesOpenAt > now ? [updatesOpenAt] : [])];
      return {
        posts: [...nextPost.keys()],
        updates: updatesOpenAt > now,
        forMs: Math.min(...openings) - now,
      };
    },
    posted: (channel) => later(channel, elapsed() + postEveryMs),
    updated() {
      updatesUsedUntil = Math.max(updatesUsedUntil, elapsed()) + updateEveryMs;
    },
    pausePosts: (channel, forMs) => later(channel, elapsed() + forMs),
    pauseUpdates(forMs) {
      updatesPausedUntil = Math.max(updatesPausedUntil, elapsed() + forMs);
    },
  };
}
