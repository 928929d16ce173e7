import { accounts } from './accounts.ts';
import { arrival } from './arrival.ts';
import { clicks } from './clicks.ts';
import { containment } from './containment.ts';
import { context } from './context.ts';
import type { Figure } from './figure.ts';
import { homeSpeed } from './home.ts';
import { policySpeed } from './policy.ts';
import { replaySpeed } from './replay.ts';
import { start } from './start.ts';
import { storeSpeed } from './store.ts';
import { stored } from './stored.ts';

/** Where a measure may leave files, and whether it may leave out what takes minutes. */
export interface Room {
  folder: string;
  quick: boolean;
}

export interface Measure {
  /** The names of all that it may print; RESULTS.md has a row for each. */
  figures: readonly string[];
  run(room: Room): Promise<Figure[]>;
}

/** Everything that `npm run bench` can measure, in its order. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  replay: { run: replaySpeed, figures: ['replay', 'replay: growth of memory'] },
  store: { run: ({ folder }) => storeSpeed(folder), figures: ['store and mark for drawing'] },
  home: { run: ({ folder }) => homeSpeed(folder), figures: ['Home drawn at 10000 alerts'] },
  policy: { run: policySpeed, figures: ['policy evaluation'] },
  clicks: { run: clicks, figures: ['click to ack, p99', 'click to redrawn card, p99'] },
  context: {
    run: context,
    figures: [
      'poll to card, p95',
      'poll to facts on the card, p95',
      'AWS calls of an alert with nothing cached',
    ],
  },
  containment: {
    run: containment,
    figures: [
      'approval to the deny in place, p95',
      'approval to a full containment, p95',
      'IAM calls of a full containment',
    ],
  },
  arrival: {
    run: arrival,
    figures: [
      'visible event to card, p50',
      'visible event to card, p95',
      'LookupEvents calls an hour at rest',
    ],
  },
  accounts: {
    run: ({ folder }) => accounts(folder),
    figures: [
      'first cycle over 1000 accounts',
      'cycle over 1000 accounts',
      'LookupEvents calls of a cycle over 1000 accounts',
      'resident memory with 1000 accounts',
    ],
  },
  stored: {
    run: stored,
    figures: [100_000, 1_000_000].flatMap((count) =>
      ['poll', 'look-ups', 'status', 'redraw'].map((what) => `${what} at ${count} stored alerts`),
    ),
  },
  start: {
    run: ({ folder }) => start(folder),
    figures: ['start to first LookupEvents call', 'resident memory at rest'],
  },
};
