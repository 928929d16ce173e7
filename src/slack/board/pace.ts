import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports.ts';

export interface Pacer {
  /** Resolves when the channel may get its next message. */
  turn(channel: string): Promise<void>;
  pause(channel: string, until: Instant): void;
  /** Until when Slack wants nothing, if it wants nothing now. */
  pausedUntil(now: Instant): Instant | undefined;
}

/** One message a channel every `everyMs`, and none while Slack's Retry-After lasts. */
export function pacer({ clock, everyMs }: { clock: Clock; everyMs: number }): Pacer {
  const next = new Map<string, Instant>();
  let paused = 0;
  return {
    async turn(channel) {
      const now = clock.now();
      const at = Math.max(now, next.get(channel) ?? 0);
      next.set(channel, at + everyMs);
      if (at > now) await sleep(at - now);
    },
    pause(_channel, until) {
      paused = Math.max(paused, until);
    },
    pausedUntil: (now) => (paused > now ? paused : undefined),
  };
}
