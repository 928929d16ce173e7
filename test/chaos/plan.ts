import { HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import type { Options } from './options.ts';
import { type Random, random } from './random.ts';

/** Something that AWS records. Times are milliseconds from the start of the play. */
export type PlannedEvent = {
  atMs: number;
  /** How long before it is told it has happened, and how long it stays unseen after that: late to 24 h. */
  ageMs: number;
  lateMs: number;
  twice: boolean;
} & (
  | { is: 'addition'; user: string; group: string; hasKeys: boolean }
  /** A record that nobody can read. */
  | { is: 'broken'; mark: string }
  /** AWS turned the call down: no alert. */
  | { is: 'refused'; user: string; group: string }
  /** The call of an earlier addition once more, under another eventID: no second alert. */
  | { is: 'twin'; of: string }
);

/** When a replica is killed: at its start, just so, or around an effect in AWS or in Slack. */
export type PlannedKill = {
  /** Rest before it. */
  afterMs: number;
  /** The number of the replica. */
  victim: number | 'all';
  /** Rest before the next start. */
  restMs: number;
} & Moment;

type Moment =
  | { when: 'starting'; laterMs: number }
  | { when: 'any time'; laterMs: number }
  | { when: 'aws'; side: 'before' | 'after'; action: string; nth: number }
  | { when: 'slack'; change: 'message' | 'update' | 'ephemeral' | 'view' | 'delete'; nth: number };

/** A user who is contained, in the middle of it all, and perhaps set free again. */
export interface PlannedContainment {
  user: string;
  undo: boolean;
}

/** What the run will do; the same for the same options. */
export interface Plan {
  playMs: number;
  events: PlannedEvent[];
  kills: PlannedKill[];
  containments: PlannedContainment[];
  /** For what is drawn while it goes on. */
  chance: Random;
}

const EVERY_EVENT = 50;
const EVERY_KILL = 3.5 * SECOND;

export function planOf({ events, kills, seed, replicas }: Options): Plan {
  const chance = random(seed);
  const playMs = Math.max(10 * SECOND, events * EVERY_EVENT, kills * EVERY_KILL);
  const held = Math.min(20, Math.max(2, Math.round(events / 50)));
  const containments = Array.from({ length: held }, (_, n) => ({
    user: `held-${n}`,
    undo: chance.fork(`held-${n}`).chance(0.5),
  }));
  return {
    playMs,
    events: eventsOf(chance.fork('events'), { events, playMs, containments }),
    kills: killsOf(chance.fork('kills'), kills, replicas),
    containments,
    chance,
  };
}

function eventsOf(
  chance: Random,
  { events, playMs, containments }: { events: number; playMs: number; containments: PlannedContainment[] },
): PlannedEvent[] {
  const planned: PlannedEvent[] = [];
  const some = () => ({ atMs: chance.between(0, playMs), ...delayOf(chance), twice: chance.chance(0.05) });
  for (const [n, { user }] of containments.slice(0, events).entries())
    planned.push({
      is: 'addition',
      user,
      group: `group-${n}`,
      hasKeys: true,
      atMs: Math.round((n / containments.length) * playMs * 0.7),
      ageMs: 0,
      lateMs: 0,
      twice: chance.chance(0.3),
    });
  for (let n = planned.length; n < events; n++) {
    if (chance.chance(0.03)) {
      planned.push({ is: 'broken', mark: `broken-${n}`, ...some() });
      continue;
    }
    const user = `user-${n}`;
    planned.push({
      is: 'addition',
      user,
      group: `group-${chance.between(0, 20)}`,
      hasKeys: false,
      ...some(),
    });
    if (chance.chance(0.05)) planned.push({ is: 'twin', of: user, ...some() });
  }
  for (let n = 0; n < events / 20; n++)
    planned.push({ is: 'refused', user: `refused-${n}`, group: 'group-0', ...some() });
  return planned.sort((one, other) => one.atMs - other.atMs);
}

/** Most are seen within seconds, some late, a few hours late, and some tell of what is hours ago. */
function delayOf(chance: Random): { ageMs: number; lateMs: number } {
  switch (chance.weighed({ soon: 12, late: 5, hours: 2, old: 2 })) {
    case 'soon':
      return { ageMs: chance.between(0, 5) * SECOND, lateMs: chance.between(0, 500) };
    case 'late':
      return { ageMs: chance.between(0, 10) * MINUTE, lateMs: chance.between(0, 30 * MINUTE) };
    case 'hours':
      return { ageMs: 0, lateMs: chance.between(HOUR, 24 * HOUR - MINUTE) };
    case 'old':
      return { ageMs: chance.between(0, 50) * MINUTE, lateMs: chance.between(0, 5 * SECOND) };
  }
}

const CALLS = {
  LookupEvents: 6,
  GetUser: 2,
  GetGroup: 2,
  AssumeRole: 2,
  AttachUserPolicy: 3,
  DetachUserPolicy: 2,
  UpdateAccessKey: 4,
  PutUserPolicy: 2,
  GetCallerIdentity: 1,
};

const CHANGES = { message: 6, update: 4, ephemeral: 1, view: 1, delete: 1 };

function killsOf(chance: Random, kills: number, replicas: number): PlannedKill[] {
  return Array.from({ length: kills }, () => ({
    afterMs: chance.between(0, 1_500),
    victim: chance.chance(0.3) ? 'all' : chance.between(0, replicas - 1),
    restMs: chance.between(0, 500),
    ...momentOf(chance),
  }));
}

function momentOf(chance: Random): Moment {
  switch (chance.weighed({ starting: 3, any: 4, aws: 5, slack: 5 })) {
    case 'starting':
      return { when: 'starting', laterMs: chance.between(0, 2_000) };
    case 'any':
      return { when: 'any time', laterMs: chance.between(0, 2_000) };
    case 'aws':
      return {
        when: 'aws',
        side: chance.pick(['before', 'after']),
        action: chance.weighed(CALLS),
        nth: chance.between(1, 3),
      };
    case 'slack':
      return { when: 'slack', change: chance.weighed(CHANGES), nth: chance.between(1, 10) };
  }
}
