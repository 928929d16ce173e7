import { sameActor, sameName } from '../../domain/actor.ts';
import type { Actor } from '../../domain/event.ts';
import type { Whose } from '../../ports/cloudtrail.ts';

/** What an actor did: by its access key, and by the name that LookupEvents has for it. */
export function whoseActor(actor: Actor): Whose {
  const name = usernameOf(actor);
  return {
    keys: actor.accessKeyId === undefined ? [] : [actor.accessKeyId],
    names: name === undefined ? [] : [name],
    isTheirs: (event) =>
      sameActor(event.actor, actor) ||
      (actor.accessKeyId !== undefined && event.actor.accessKeyId === actor.accessKeyId),
  };
}

/** What an IAM user did, with whichever of its keys. */
export function whoseUser(user: string, keys: readonly string[] = []): Whose {
  return {
    keys,
    names: [user],
    isTheirs: ({ actor }) =>
      (actor.type === 'IAMUser' && sameName(actor.name, user)) || keys.includes(actor.accessKeyId ?? ''),
  };
}

/** Of a role's session LookupEvents has the session's name, in practice: AWS doesn't say so. */
function usernameOf({ type, name, arn, principalId }: Actor): string | undefined {
  if (type === 'Root') return 'root';
  if (type === 'IAMUser') return name;
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(arn ?? '')?.[1] ?? principalId?.split(':')[1];
  return session ?? (type === 'AssumedRole' ? undefined : name);
}

/** The IAM user that the actor is, if it is one of this account. */
export const userOf = ({ type, name }: Actor): string | undefined => (type === 'IAMUser' ? name : undefined);
