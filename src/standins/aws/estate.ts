import { Callers } from './callers.ts';
import { Directory } from './directory.ts';
import { Faults } from './faults.ts';
import { EXAMPLE_HOME, type Home } from './home.ts';
import type { LookupCall } from './lookup-events.ts';
import { Trail } from './trail.ts';

/** How the stand-in's account is set up. */
export interface AwsOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Default 111122223333. */
  accountId?: string;
  /** Where IAM's events are kept, default us-east-1. LookupEvents signed for another Region finds none. */
  region?: string;
  /** Default aws. */
  partition?: string;
  /** ms between an event and LookupEvents showing it: 0, where the real one takes minutes. */
  delayMs?: number;
  /** 2 lookups a second, measured by `clock`, then ThrottlingException. Default true. */
  enforceRate?: boolean;
  /** ms since epoch, of everything here, the Date header too. Default Date.now. */
  clock?: () => number;
}

/** All that the account holds; operations work on it. */
export interface Estate {
  home: Home;
  clock: () => number;
  directory: Directory;
  trail: Trail;
  faults: Faults;
  callers: Callers;
  lookups: LookupCall[];
  enforceRate: boolean;
}

/** An account with no users, no groups and no history. */
export function newEstate(options: AwsOptions = {}): Estate {
  const { clock = Date.now, delayMs = 0, enforceRate = true } = options;
  const { accountId, partition, region } = { ...EXAMPLE_HOME, ...options };
  const faults = new Faults();
  return {
    home: { accountId, partition, region },
    clock,
    directory: new Directory(),
    trail: new Trail(clock, delayMs),
    faults,
    callers: new Callers(faults, clock),
    lookups: [],
    enforceRate,
  };
}
