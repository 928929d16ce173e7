import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock, Log, MessageStore } from '../../ports.ts';
import type { Render } from '../render.ts';
import { draw } from './draw.ts';
import { pacer } from './pace.ts';

export interface Board {
  /** There may be something to draw; returns at once. */
  wake(): void;
  start(): void;
  /** Finishes the message under way, and gives back what it has claimed. */
  stop(): Promise<void>;
}

interface Needs {
  web: WebClient;
  messages: MessageStore;
  render: Render;
  clock: Clock;
  log: Log;
  holder: string;
  /** Between two posts to a channel; a second unless told otherwise, as Slack asks. */
  postEveryMs?: number;
}

/** Longer than any one send can take; a replica that died holds a message no longer than this. */
const LEASE = MINUTE;
const REST = SECOND;

/**
 * Brings what Slack shows to what the rows want, as a controller does: whatever was missed, by a crash, by 429, by
 * an outage, is still behind and is drawn the next time round.
 */
export function board(needs: Needs): Board {
  const { web, messages, render, clock, log, holder, postEveryMs = SECOND } = needs;
  const pace = pacer({ clock, everyMs: postEveryMs });
  const drawOne = draw({ web, messages, render, clock, log, holder, pace: pace.turn, pause: pace.pause });
  let stopping = false;
  let running: Promise<void> | undefined;
  let nudge: () => void = () => undefined;
  let nudged = false;

  async function rest(): Promise<void> {
    if (nudged) return;
    const bell = new AbortController();
    nudge = () => bell.abort();
    await sleep(REST, undefined, { signal: bell.signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!stopping) {
      nudged = false;
      try {
        const now = clock.now();
        const claimed = pace.pausedUntil(now)
          ? []
          : await messages.claim({ limit: 1, holder, now, until: now + LEASE });
        for (const message of claimed) await drawOne(message);
        if (claimed.length === 0) await rest();
      } catch (error) {
        log.error({ error: String(error) }, 'the board could not read or store what is shown; trying again');
        await sleep(REST);
      }
    }
  }

  return {
    wake() {
      nudged = true;
      nudge();
    },
    start() {
      running ??= run();
    },
    async stop() {
      stopping = true;
      nudge();
      await running;
      await messages.release(holder);
    },
  };
}
