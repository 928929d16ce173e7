import type { Actor, CloudTrailEvent } from './event.ts';

/** Whether two records show the same actor: by ARN (a role session's has its name in it), else by what else there is. */
export function sameActor(a: Actor, b: Actor): boolean {
  if (a.arn !== undefined && b.arn !== undefined) return a.arn.toLowerCase() === b.arn.toLowerCase();
  if (a.principalId !== undefined && b.principalId !== undefined) return a.principalId === b.principalId;
  return a.type === b.type && a.name.toLowerCase() === b.name.toLowerCase();
}

/** What an actor is looked up by in our own history, and what its attempts are counted by. */
export const actorKey = ({ arn, name }: Actor): string => arn ?? name;

/** IAM's names are the same whatever their letter case. */
export const sameName = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();

/** AWS did what was asked for. */
export const succeeded = ({ errorCode, errorMessage }: CloudTrailEvent): boolean =>
  errorCode === undefined && errorMessage === undefined;
