import type { Instant } from '../domain/time.ts';
import type { Turn } from './leases.ts';

export type Scan = 'tick' | 'hourly' | 'daily';

/** How far one scan of one (account, Region) is. */
export interface Watch {
  account: string;
  region: string;
  scan: Scan;
  /** Where watching began; no scan looks further back, so a first start doesn't tell old stories. */
  since: Instant;
  /** Every event up to here is stored. Only the `tick` scan has one. */
  watermark?: Instant;
  /** When the last complete scan began. */
  completedAt?: Instant;
}

export interface WatchStore {
  find(account: string, region: string, scan: Scan): Promise<Watch | undefined>;
  /** False, and nothing is written, when the turn has gone to somebody else. */
  save(watch: Watch, turn: Turn): Promise<boolean>;
  all(): Promise<Watch[]>;
  /** Since when the account can't be watched, if it was told to the channel. */
  blindSince(account: string): Promise<Instant | undefined>;
  setBlindSince(account: string, since: Instant | undefined): Promise<void>;
}
