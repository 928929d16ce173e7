import type { Settings } from './config.ts';
import { DIGEST_JOB } from './ports/bursts.ts';
import type { Clock } from './ports/clock.ts';
import type { Storage } from './ports/storage.ts';
import { giveCard, type ShowCard, showCard } from './use-cases/give-card.ts';
import { type SettleBurst, settleBurst } from './use-cases/settle-burst.ts';
import { tendDigest } from './use-cases/tend-digest.ts';
import type { Handler } from './work/attempt.ts';

interface Context {
  storage: Storage;
  clock: Clock;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** What is done about more new alerts than the channel can take. */
export function bursting(
  { maxAlertsPerRun: most }: Pick<Settings, 'maxAlertsPerRun'>,
  { storage: { audit, bursts, messages }, clock, wake }: Context,
): { settleBurst: SettleBurst; showCard: ShowCard; handlers: Record<string, Handler> } {
  const needs = { messages, clock, wake };
  return {
    settleBurst: settleBurst({ bursts, clock, most, redraw: wake }),
    showCard: showCard({ ...needs, audit }),
    handlers: { [DIGEST_JOB]: tendDigest({ bursts, messages, giveCard: giveCard(needs), most, wake }) },
  };
}
