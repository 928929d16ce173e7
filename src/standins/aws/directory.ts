import { Refusal } from './answer.ts';

/** A user or a group. */
export interface Principal {
  name: string;
  path: string;
  /** ms since epoch */
  createdAt: number;
}

type Kind = 'user' | 'group';

/** IAM's quota, docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const GROUPS_PER_USER = 10;

/** Users, groups and who is in which. Names are unique whatever their letter case. */
export class Directory {
  readonly #known = { user: new Map<string, Principal>(), group: new Map<string, Principal>() };
  readonly #members = new Map<Principal, Set<Principal>>();

  has(kind: Kind, name: string): boolean {
    return this.#known[kind].has(name.toLowerCase());
  }

  /** Refuses with NoSuchEntity. */
  find(kind: Kind, name: string): Principal {
    const found = this.#known[kind].get(name.toLowerCase());
    if (!found) throw new Refusal('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`, 404);
    return found;
  }

  /** Refuses with EntityAlreadyExists. */
  create(kind: Kind, principal: Principal): Principal {
    if (this.has(kind, principal.name)) {
      const what = kind === 'user' ? 'User' : 'Group';
      throw new Refusal('EntityAlreadyExists', `${what} with name ${principal.name} already exists.`, 409);
    }
    this.#known[kind].set(principal.name.toLowerCase(), principal);
    if (kind === 'group') this.#members.set(principal, new Set());
    return principal;
  }

  /** Adding a member again changes nothing and is no error. Refuses with NoSuchEntity or LimitExceeded. */
  join(userName: string, groupName: string): void {
    const group = this.find('group', groupName);
    const user = this.find('user', userName);
    const already = this.groupsOf(userName);
    if (!already.includes(group) && already.length >= GROUPS_PER_USER)
      throw new Refusal('LimitExceeded', `Cannot exceed quota for GroupsPerUser: ${GROUPS_PER_USER}`, 409);
    this.#members.get(group)?.add(user);
  }

  /** Removing who is no member changes nothing. Refuses with NoSuchEntity. */
  leave(userName: string, groupName: string): void {
    this.#members.get(this.find('group', groupName))?.delete(this.find('user', userName));
  }

  membersOf(groupName: string): Principal[] {
    return [...(this.#members.get(this.find('group', groupName)) ?? [])];
  }

  groupsOf(userName: string): Principal[] {
    const user = this.find('user', userName);
    return [...this.#members].filter(([, members]) => members.has(user)).map(([group]) => group);
  }
}
