import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { SECOND } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { JobStore } from '../../ports/jobs.ts';
import type { LeaseStore } from '../../ports/leases.ts';
import type { Log } from '../../ports/log.ts';
import type { Message, MessageStore } from '../../ports/messages.ts';
import { type Loop, loop } from '../../work/loop.ts';
import { standingTurn } from '../../work/standing-turn.ts';
import type { Render } from '../render.ts';
import { draw, LEASE } from './draw.ts';
import { pacer } from './pace.ts';

interface Needs {
  web: WebClient;
  messages: MessageStore;
  jobs: Pick<JobStore, 'add'>;
  leases: LeaseStore;
  render: Render;
  clock: Clock;
  /** Slack's own time, to find in the channel what may have been posted. */
  slackTime: Clock;
  log: Log;
  /** Names this replica; no other may have the same. */
  holder: string;
  /** A new message in a channel at most so often. */
  postEveryMs?: number;
  updateEveryMs?: number;
  /** How long the turn stays with a replica that gives no sign of life. */
  leaseMs?: number;
  /** Slack doesn't accept the bot token any more. */
  dead: (death: string) => void;
  /** The default channel, for what another one doesn't take. */
  fallback?: string;
  /** A message is shown for the first time. */
  posted?: (message: Message) => void;
}

/** What another replica's clicks have changed is seen after so long; our own wake us. */
const REST = SECOND / 4;
/** How long `stop` waits for what is under way. */
const GOODBYE = 6 * SECOND;

/**
 * Brings what Slack shows to what the rows want, as a controller does: whatever was missed, by a crash, by 429, by
 * an outage, is still behind and is drawn the next time round. One replica draws for all, since Slack counts for
 * the workspace. In each channel one post is under way at a time, and one update, most urgent first.
 */
export function board(needs: Needs): Loop {
  const {
    messages,
    leases,
    clock,
    log,
    holder,
    leaseMs,
    postEveryMs = SECOND,
    updateEveryMs = 1.5 * SECOND,
  } = needs;
  const pace = pacer({ postEveryMs, updateEveryMs });
  const hasTurn = standingTurn({ leases, lease: 'board', holder, leaseMs });
  const posting = new Map<string, Promise<void>>();
  const updating = new Map<string, Promise<void>>();
  let claims = 0;

  const drawOne = draw({
    ...needs,
    pause: ({ ts, channel }, forMs) => (ts ? pace.pauseUpdates(forMs) : pace.pausePosts(channel, forMs)),
  });

  const rounds = loop({
    name: 'drawing',
    log,
    async round() {
      if (!(await hasTurn())) return SECOND;
      const shut = pace.shut();
      // Another name for every claim, so that what this replica lost to others and got back isn't mistaken for it.
      const claimant = `${holder}/${claims++}`;
      const [message] = await messages.claim({
        limit: 1,
        holder: claimant,
        now: clock.now(),
        leaseMs: LEASE,
        notPosted: [...posting.keys(), ...shut.posts],
        notUpdated: shut.updates ? 'any' : [...updating.keys()],
      });
      if (message) begin(message, claimant);
      return message ? 0 : Math.min(REST, shut.forMs);
    },
  });

  function begin(message: Message, claimant: string): void {
    const { ts, channel, id } = message;
    const lane = ts ? updating : posting;
    const ended = drawOne(message, claimant)
      .catch((error) =>
        log.error(
          { message: id, error: String(error) },
          'a message could not be read, or what is shown not stored',
        ),
      )
      .finally(() => {
        lane.delete(channel);
        rounds.wake();
      });
    lane.set(channel, ended);
    if (ts) pace.updated();
    else pace.posted(channel);
  }

  return {
    ...rounds,
    /** Finishes what is under way. What takes too long keeps its lease, so that nobody posts it beside us. */
    async stop() {
      await rounds.stop();
      const all = Promise.all([...posting.values(), ...updating.values()]);
      await Promise.race([all, sleep(GOODBYE, undefined, { ref: false })]);
    },
  };
}
