import type { Actor, UserIdentity } from './actors.ts';
import type { Estate } from './estate.ts';
import { EXAMPLE_HOME, type Home } from './home.ts';
import { arnOf } from './iam/iam.ts';
import { isoSeconds } from './iam/shapes.ts';
import { fieldsOf, textOf } from './wire/json.ts';

/** An actor's identity as records in the account show it. Of users and roles that IAM knows, ids and ARNs are IAM's. */
export function identityOf({ home, iam }: Estate, actor: Actor, at: number): UserIdentity {
  const identity = identityIn(home, actor.userIdentity, at);
  const user = identity.type === 'IAMUser' ? iam.now.users.get(textOf(identity.userName) ?? '') : undefined;
  if (user) return { ...identity, principalId: user.id, arn: arnOf(home, 'User', user), userName: user.name };
  const issuer = fieldsOf(identity.sessionContext?.sessionIssuer);
  const role = identity.type === 'AssumedRole' ? iam.now.roles.get(textOf(issuer.userName) ?? '') : undefined;
  if (!role) return identity;
  const [, session = ''] = String(identity.principalId).split(':');
  const sessionIssuer = { ...issuer, principalId: role.id, arn: arnOf(home, 'Role', role) };
  return {
    ...identity,
    principalId: `${role.id}:${session}`,
    sessionContext: { ...identity.sessionContext, sessionIssuer },
  };
}

/** The account's own id and partition in place of the example's, and when the session began. */
function identityIn(home: Home, identity: UserIdentity, at: number): UserIdentity {
  const moved: UserIdentity = JSON.parse(
    JSON.stringify(identity)
      .replaceAll(EXAMPLE_HOME.accountId, home.accountId)
      .replaceAll(`"arn:${EXAMPLE_HOME.partition}:`, `"arn:${home.partition}:`),
  );
  const attributes = moved.sessionContext?.attributes;
  if (!attributes) return moved;
  const began = { creationDate: isoSeconds(at - 30 * 60_000), ...attributes };
  return { ...moved, sessionContext: { ...moved.sessionContext, attributes: began } };
}
