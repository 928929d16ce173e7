import { optional, text } from '../wire/input.ts';
import { SWITCHED, type Switched, theCredential } from './credential-kinds.ts';
import type { Credential, User } from './entities.ts';
import { findUser } from './iam.ts';
import { type Ground, type IamOperations, list, read, type Shape, write } from './operation.ts';
import { noSuchEntity } from './refusals.ts';
import { isoSeconds } from './shapes.ts';
import { onUser, type Target } from './target.ts';
import { theUser } from './users.ts';

/** Everything of a user that can be switched off and on: the same four operations for each kind. */
export const CREDENTIAL_OPERATIONS: IamOperations = {
  ...Object.assign({}, ...SWITCHED.map(operationsFor)),
  GetAccessKeyLastUsed: read(['AccessKeyId'], onOwner, (ground) => {
    const { name, credentials } = ownerOf(ground);
    const id = text(ground.input, 'AccessKeyId');
    return { UserName: name, AccessKeyLastUsed: lastUse(credentials.find((one) => one.id === id)) };
  }),
};

function operationsFor(kind: Switched): IamOperations {
  const { actions, idName, member, listed } = kind;
  const ofKind = (one: Credential) => one.kind === kind.kind;
  return {
    [actions.list]: list(listed, ['UserName?'], onUser, (ground) => {
      const owner = theUser(ground);
      const service = optional(ground.input, 'ServiceName');
      return owner.credentials
        .filter((one) => ofKind(one) && (service === undefined || one.service === service))
        .map((one) => kind.shape(owner, one, ground));
    }),
    [actions.create]: write(
      [kind.ownByDefault ? 'UserName?' : 'UserName', ...kind.needs],
      onUser,
      (ground) => {
        const owner = theUser(ground);
        kind.room(owner, ground.input);
        const made = kind.make(ground);
        put(ground, owner, [...owner.credentials, made]);
        if (kind.kind === 'accessKey')
          ground.keys.own(made.id, {
            accountId: ground.home.accountId,
            userName: owner.name,
            userId: owner.id,
          });
        return { [member]: { ...kind.shape(owner, made, ground), ...kind.once(owner, made) } };
      },
    ),
    [actions.update]: write(['UserName?', idName, 'Status'], onUser, (ground) => {
      const owner = theUser(ground);
      const { id } = theCredential(kind, owner, ground);
      const status = kind.wantedStatus(owner, ground);
      put(
        ground,
        owner,
        owner.credentials.map((one) => (one.id === id ? { ...one, status } : one)),
      );
    }),
    [actions.delete]: write(['UserName?', idName], onUser, (ground) => {
      const owner = theUser(ground);
      const gone = theCredential(kind, owner, ground);
      put(
        ground,
        owner,
        owner.credentials.filter((one) => one !== gone),
      );
    }),
  };
}

function put({ iam }: Ground, owner: User, credentials: readonly Credential[]): void {
  iam.users.put(owner.name, { ...owner, credentials });
}

/** Refuses with NoSuchEntity. */
function ownerOf({ keys, home, view, input }: Ground): User {
  const id = text(input, 'AccessKeyId');
  const owner = keys.ownerOf(id);
  const user = owner?.accountId === home.accountId ? findUser(view, owner.userName) : undefined;
  if (user?.credentials.some((one) => one.id === id)) return user;
  throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}

function onOwner(ground: Ground): Target {
  const owner = ground.keys.ownerOf(text(ground.input, 'AccessKeyId'));
  return onUser({ ...ground, input: { UserName: owner?.userName } });
}

function lastUse(key: Credential | undefined): Shape {
  const { at, service = 'N/A', region = 'N/A' } = key?.lastUsed ?? {};
  return {
    LastUsedDate: at === undefined ? undefined : isoSeconds(at),
    ServiceName: service,
    Region: region,
  };
}
