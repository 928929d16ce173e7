import { arnIn, type Home } from '../home.ts';
import { Refusal } from '../wire/answer.ts';
import { awsManagedPolicy } from './aws-managed.ts';
import type { Group, Policy, Role, User } from './entities.ts';
import { type Moment, type Reader, Shelf } from './shelf.ts';

/** IAM at one moment: as it is, or as readers see it. Policies go by ARN, the others by name. */
export interface IamView {
  users: Reader<User>;
  groups: Reader<Group>;
  roles: Reader<Role>;
  policies: Reader<Policy>;
}

/** One account's IAM. */
export interface Iam {
  now: IamView;
  seen: IamView;
  users: Shelf<User>;
  groups: Shelf<Group>;
  roles: Shelf<Role>;
  policies: Shelf<Policy>;
  /** Puts the user into the group, or takes it out; both must exist. */
  setMember(user: User, group: Group, member: boolean): void;
  membersOf(view: IamView, group: Group): User[];
  /** Of the account; AWS allows one. */
  aliases: string[];
}

/** IAM without anybody. AWS's own policies are there from the start. */
export function newIam(home: Home, moment: Moment): Iam {
  const users = new Shelf<User>(moment);
  const groups = new Shelf<Group>(moment);
  const roles = new Shelf<Role>(moment);
  const policies = new Shelf<Policy>(moment);
  // Who has ever been in a group: a superset of its members at any moment, so that no group is searched for.
  const joined = new Map<string, Set<string>>();
  const view = (at: 'now' | 'seen'): IamView => ({
    users: users[at],
    groups: groups[at],
    roles: roles[at],
    policies: {
      ...policies[at],
      get: (arn) => policies[at].get(arn) ?? awsManagedPolicy(home, arn),
    },
  });
  return {
    now: view('now'),
    seen: view('seen'),
    users,
    groups,
    roles,
    policies,
    aliases: [],
    setMember(user, group, member) {
      const key = group.name.toLowerCase();
      if (user.groups.includes(key) === member) return;
      const others = user.groups.filter((one) => one !== key);
      users.put(user.name, { ...user, groups: member ? [...others, key] : others });
      if (member) joined.set(key, (joined.get(key) ?? new Set()).add(user.name.toLowerCase()));
    },
    membersOf(at, group) {
      const key = group.name.toLowerCase();
      const known = [...(joined.get(key) ?? [])].map((name) => at.users.get(name));
      return known.filter((one) => one !== undefined).filter((one) => one.groups.includes(key));
    },
  };
}

/** What policies can be put on, as IAM's actions name it. */
export type IdentityKind = 'User' | 'Group' | 'Role';

/** Refuses with NoSuchEntity. */
export function findUser(view: IamView, name: string): User {
  return found(view.users.get(name), 'user', name);
}

/** Refuses with NoSuchEntity. */
export function findGroup(view: IamView, name: string): Group {
  return found(view.groups.get(name), 'group', name);
}

/** Refuses with NoSuchEntity. */
export function findRole(view: IamView, name: string): Role {
  return found(view.roles.get(name), 'role', name);
}

/** Refuses with NoSuchEntity. */
export function findPolicy(view: IamView, arn: string): Policy {
  const policy = view.policies.get(arn);
  if (policy) return policy;
  throw new Refusal('NoSuchEntity', `Policy ${arn} was not found.`, 404);
}

/** ARN of an entity of the account. */
export function arnOf(
  home: Home,
  kind: IdentityKind,
  { path, name }: { path: string; name: string },
): string {
  return arnIn(home, 'iam', `${kind.toLowerCase()}${path}${name}`);
}

function found<T>(entity: T | undefined, kind: string, name: string): T {
  if (entity) return entity;
  throw new Refusal('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`, 404);
}
