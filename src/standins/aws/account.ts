import { type AccountActs, actsOn } from './acts/account-acts.ts';
import { type AwsOptions, type Estate, newWorld } from './estate.ts';
import type { AwsFaults } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { Knobs } from './knobs.ts';
import type { LookupCall } from './trail/lookup-events.ts';
import { answerCall } from './wire/answer-call.ts';
import type { AwsCall } from './wire/call-log.ts';
import { serve } from './wire/server.ts';

export type { AwsCall, AwsFaults, AwsOptions, LookupCall };

/** One of the stand-in's accounts. */
export interface AwsAccount extends AccountActs {
  readonly accountId: string;
  readonly region: string;
}

/** A running stand-in: its first account, and what all accounts share. */
export interface AwsStandIn extends AwsAccount, AsyncDisposable, Pick<Hooks, 'onCall' | 'before' | 'after'> {
  readonly endpoint: string;
  /** An account behind this endpoint, by its id. */
  account(accountId: string): AwsAccount;
  /** Ids and names of the accounts in the organization: all at first. Suspended ones stay in it. */
  readonly members: Map<string, string>;
  /** Can be turned at any time. */
  readonly knobs: Knobs;
  /** Every call over the wire, oldest first. */
  readonly calls: readonly AwsCall[];
  /** Every LookupEvents call, oldest first. */
  readonly lookups: LookupCall[];
  readonly faults: AwsFaults;
  close(): Promise<void>;
}

/** Starts the account, or more of them, on a port of this machine. */
export async function startAws(options: AwsOptions = {}): Promise<AwsStandIn> {
  const world = newWorld(options);
  const { first, faults, knobs, lookups, calls, hooks, clock, members } = world;
  const date = () => new Date(clock() + faults.now.skewMs);
  const { endpoint, close } = await serve((call) => answerCall(world, call), {
    port: options.port ?? 0,
    date,
  });
  const accounts = new Map([...world.accounts].map(([id, estate]) => [id, accountOn(estate)]));
  return {
    endpoint,
    ...accountOn(first),
    account(accountId) {
      const account = accounts.get(accountId);
      if (account) return account;
      throw new Error(`The stand-in has no account ${accountId}: name it in the option accounts.`);
    },
    members,
    knobs,
    calls,
    lookups,
    faults,
    onCall: hooks.onCall,
    before: hooks.before,
    after: hooks.after,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function accountOn(estate: Estate): AwsAccount {
  return { accountId: estate.home.accountId, region: estate.home.region, ...actsOn(estate) };
}
