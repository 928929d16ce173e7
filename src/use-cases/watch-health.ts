import { type Instant, MINUTE, spanInWords } from '../domain/time.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import { SourceFailure, type SourceTrouble } from '../ports/cloudtrail.ts';
import type { Log } from '../ports/log.ts';
import type { MessageStore, Notice } from '../ports/messages.ts';
import type { WatchStore } from '../ports/watches.ts';

/** So long without one complete poll, and the channel must know. */
export const BLIND_AFTER = 10 * MINUTE;
/** A clock that is further off misses or misdates events. */
export const SKEW_LIMIT = MINUTE;

const REMEDY: Record<SourceTrouble, string> = {
  role: "See that the role exists, that its trust policy names the role that Groupwatch runs with and asks for the account's externalId, and that Groupwatch may assume it (policy assume-others). Roles of a suspended account can't be assumed.",
  'access-denied': 'Allow cloudtrail:LookupEvents to the role or user that Groupwatch runs as.',
  credentials: 'Give Groupwatch AWS credentials that are valid now.',
  throttled: 'Something else uses up the LookupEvents quota of this account and Region (2 calls a second).',
  unreachable: 'Check the network and the AWS Health Dashboard.',
  unexpected: 'Look into the log of Groupwatch.',
};

export interface WatchHealth {
  /** A poll came to its end; `skew` is AWS's clock minus ours. */
  succeeded(account: string, skew: number | undefined): Promise<void>;
  failed(account: string, error: unknown): Promise<void>;
  /** A poll is under way, and may be for too long. */
  underWay(account: string): Promise<void>;
  /** Events of this time can't be had any more. */
  missed(account: string, from: Instant, until: Instant): Promise<void>;
}

interface Needs {
  watches: WatchStore;
  messages: MessageStore;
  audit: AuditStore;
  clock: Clock;
  log: Log;
  channel: string;
  /** What people call the account. */
  name?: string;
  /** Where it is watched. */
  region: string;
  redraw: () => void;
  startedAt: number;
}

/** Says once that an account can't be watched, and once that it can again; a restart in between changes nothing. */
export function watchHealth({
  watches,
  messages,
  audit,
  clock,
  log,
  channel,
  name,
  region,
  redraw,
  startedAt,
}: Needs): WatchHealth {
  /** On record first; after a crash in between, both are done again and have one effect. */
  async function announce(id: string, notice: Notice): Promise<void> {
    const at = clock.now();
    const { is: what, ...facts } = notice;
    await audit.record({ at, what, facts, key: id });
    await messages.notify(id, channel, notice, at);
  }

  async function goBlind(account: string, since: number, why: string, remedy: string): Promise<void> {
    if ((await watches.blindSince(account)) !== undefined) return;
    const notice = { is: 'blind', account, name, since, why, remedy } as const;
    await announce(`notice:blind:${account}:${since}`, notice);
    await watches.setBlindSince(account, since);
    log.error({ account, since, why }, 'the watch is blind');
    redraw();
  }

  async function seeAgain(account: string): Promise<void> {
    const since = await watches.blindSince(account);
    if (since === undefined) return;
    const at = clock.now();
    await announce(`notice:seeing:${account}:${since}`, { is: 'seeing', account, name, since, at });
    await watches.setBlindSince(account, undefined);
    log.info({ account, since }, 'the watch sees again');
    redraw();
  }

  /** From the database, since another replica may have had the turn until now. */
  async function seenUntil(account: string): Promise<number> {
    const tick = await watches.find(account, region, 'tick');
    return Math.max(startedAt, tick?.completedAt ?? 0);
  }

  return {
    async succeeded(account, skew) {
      if (skew !== undefined && Math.abs(skew) > SKEW_LIMIT) {
        const side = skew > 0 ? 'behind' : 'ahead of';
        const why = `This machine's clock is ${spanInWords(Math.abs(skew))} ${side} that of AWS.`;
        return goBlind(account, clock.now(), why, 'Set the clock by NTP.');
      }
      await seeAgain(account);
      if (account !== UNKNOWN_ACCOUNT) await seeAgain(UNKNOWN_ACCOUNT);
    },

    async failed(account, error) {
      const trouble = error instanceof SourceFailure ? error.trouble : 'unexpected';
      const since = await seenUntil(account);
      const atOnce = trouble === 'role' || trouble === 'access-denied' || trouble === 'credentials';
      log.warn({ account, trouble, error: String(error) }, 'a poll failed; its window is polled again');
      if (!atOnce && clock.now() - since < BLIND_AFTER) return;
      await goBlind(account, since, String(error instanceof Error ? error.message : error), REMEDY[trouble]);
    },

    async underWay(account) {
      const since = await seenUntil(account);
      if (clock.now() - since < BLIND_AFTER) return;
      await goBlind(
        account,
        since,
        'No poll has come to its end since; one is under way.',
        REMEDY.unreachable,
      );
    },

    async missed(account, from, until) {
      await announce(`notice:gap:${account}:${from}`, { is: 'gap', account, name, from, until });
      log.error({ account, from, until }, 'events of this time are not kept any more, and were never read');
      redraw();
    },
  };
}

/** Stands for the account until STS has told its number. */
export const UNKNOWN_ACCOUNT = 'unknown';
