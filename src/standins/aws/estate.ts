import { Faults } from './faults.ts';
import { EXAMPLE_HOME, type Home } from './home.ts';
import { type Hooks, newHooks } from './hooks.ts';
import { type Iam, newIam } from './iam/iam.ts';
import { type Ids, newIds } from './ids.ts';
import { type Keys, newKeys } from './keys.ts';
import { DEFAULT_KNOBS, type Knobs } from './knobs.ts';
import type { LookupCall } from './trail/lookup-events.ts';
import { PageTokens } from './trail/page-token.ts';
import { Rate } from './trail/rate.ts';
import { Trail } from './trail/trail.ts';
import type { AwsCall } from './wire/call-log.ts';

/** How the stand-in is set up. The knobs can be turned later, too. */
export interface AwsOptions extends Partial<Knobs> {
  /** Default 0: any free one. */
  port?: number;
  /** Default 111122223333. Unknown credentials belong to this account. */
  accountId?: string;
  /** Further accounts behind the same endpoint, in the same organization. */
  accounts?: string[];
  /** Where IAM's events are kept, default us-east-1. LookupEvents signed for another Region finds none. */
  region?: string;
  /** Default aws. */
  partition?: string;
  /** ms between an event and LookupEvents showing it: 0, where the real one takes minutes. */
  delayMs?: number;
  /** 2 lookups a second and Region, measured by `clock`, then ThrottlingException. Default true. */
  enforceRate?: boolean;
  /** ms since epoch, of everything here, the Date header too. Default Date.now. */
  clock?: () => number;
}

/** What all accounts of one endpoint share. */
interface Shared {
  clock: () => number;
  ids: Ids;
  keys: Keys;
  knobs: Knobs;
  faults: Faults;
  lookups: LookupCall[];
  calls: AwsCall[];
  hooks: Hooks;
  /** Ids and names of the accounts in the organization; the first account manages it. */
  members: Map<string, string>;
}

/** All that an account holds; operations work on it. */
export interface Estate extends Shared {
  home: Home;
  iam: Iam;
  trail: Trail;
  tokens: PageTokens;
  /** Undefined when lookups aren't limited. */
  rateIn: (region: string) => Rate | undefined;
  /** AWS has suspended the account: its roles can't be assumed. */
  suspended: boolean;
  /** An account behind the same endpoint. */
  account: (accountId: string) => Estate | undefined;
}

/** The accounts of one endpoint, without users, groups, roles and history. */
export interface World extends Shared {
  first: Estate;
  accounts: ReadonlyMap<string, Estate>;
}

/** A world as the options say. */
export function newWorld(options: AwsOptions = {}): World {
  const { clock = Date.now } = options;
  const { accountId, partition, region } = { ...EXAMPLE_HOME, ...options };
  const shared: Shared = {
    clock,
    ids: newIds(),
    keys: newKeys(),
    knobs: knobsOf(options),
    faults: new Faults(),
    lookups: [],
    calls: [],
    hooks: newHooks(),
    members: new Map([accountId, ...(options.accounts ?? [])].map((id) => [id, `account-${id}`])),
  };
  const accounts = new Map<string, Estate>();
  const open = (id: string) => {
    const estate = newEstate({ accountId: id, partition, region }, shared, options, (one) =>
      accounts.get(one),
    );
    accounts.set(id, estate);
    return estate;
  };
  const first = open(accountId);
  for (const id of options.accounts ?? []) open(id);
  return { ...shared, first, accounts };
}

function newEstate(home: Home, shared: Shared, options: AwsOptions, account: Estate['account']): Estate {
  const { clock, knobs } = shared;
  const { delayMs = 0, enforceRate = true } = options;
  const rates = new Map<string, Rate>();
  return {
    ...shared,
    home,
    iam: newIam(home, { clock, lagMs: () => knobs.consistencyMs }),
    trail: new Trail(clock, delayMs, home.region),
    tokens: new PageTokens(),
    rateIn(region) {
      if (!enforceRate) return undefined;
      const rate = rates.get(region) ?? new Rate(clock);
      rates.set(region, rate);
      return rate;
    },
    suspended: false,
    account,
  };
}

function knobsOf(options: AwsOptions): Knobs {
  const {
    consistencyMs = DEFAULT_KNOBS.consistencyMs,
    pageSize = DEFAULT_KNOBS.pageSize,
    enforcePermissions = DEFAULT_KNOBS.enforcePermissions,
    refuseNonMembers = DEFAULT_KNOBS.refuseNonMembers,
    recordReads = DEFAULT_KNOBS.recordReads,
  } = options;
  return { consistencyMs, pageSize, enforcePermissions, refuseNonMembers, recordReads };
}
