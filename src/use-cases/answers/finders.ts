import { findActor } from './actor.ts';
import { findBestPractices } from './best-practices.ts';
import { findCredentials } from './credentials.ts';
import type { FindAnswer, FindNeeds } from './finder.ts';
import { findImpact } from './impact.ts';
import { findInitialVector } from './initial-vector.ts';
import { findIntendedUse } from './intended-use.ts';
import { findLeastPrivilege } from './least-privilege.ts';
import { findLessons } from './lessons.ts';
import { findMfa } from './mfa.ts';
import { findNewUsers } from './new-users.ts';
import { findOwners } from './owners.ts';
import { findRelatedAlerts } from './related-alerts.ts';
import { findScope } from './scope.ts';

/** How the steps of the guide are answered, by their ids; the others are for people alone. */
const FINDERS: Record<string, (needs: FindNeeds) => FindAnswer> = {
  actor: findActor,
  'related-alerts': findRelatedAlerts,
  owners: findOwners,
  scope: findScope,
  'intended-use': findIntendedUse,
  impact: findImpact,
  credentials: findCredentials,
  'new-users': findNewUsers,
  mfa: findMfa,
  'least-privilege': findLeastPrivilege,
  'best-practices': findBestPractices,
  'initial-vector': findInitialVector,
  lessons: findLessons,
};

/** Needing no look-up beyond what the card has, these are there when the guide is opened. */
export const AT_ONCE: readonly string[] = ['actor', 'related-alerts', 'owners', 'impact', 'mfa', 'lessons'];

/** Whether a machine can know anything about a step. */
export const isAnswered = (step: string): boolean => Object.hasOwn(FINDERS, step);

export type FinderOf = (step: string) => FindAnswer | undefined;

/** How a step is answered, by what there is to ask. */
export const findersWith =
  (needs: FindNeeds): FinderOf =>
  (step) =>
    isAnswered(step) ? FINDERS[step]?.(needs) : undefined;
