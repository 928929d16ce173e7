import { type Actor, iamUser } from '../actors.ts';
import type { Estate } from '../estate.ts';
import { callIam } from '../iam/call-iam.ts';
import type { Shape } from '../iam/operation.ts';
import type { Session } from '../keys.ts';
import type { Delivery } from '../trail/looked-up-event.ts';
import type { CloudTrailRecord } from '../trail/record.ts';
import { Refusal } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';
import { type Attacker, attackerAs } from './attacker.ts';
import { allows, type CallContext, can, type Held } from './credential-check.ts';
import { type Given, givenIn } from './given.ts';
import { type Happened, recordHappened } from './happened.ts';
import { openRoleSession, openUserSession, type RoleSession, type UserSession } from './sessions.ts';
import { roleStateOf, stateOf, type UserState } from './snapshot.ts';

/** An addition to a group, and how CloudTrail is to tell of it. */
export interface Addition {
  user: string;
  group: string;
  /** Default: the IAM user `operator` on the CLI. */
  by?: Actor;
  at?: Date;
  /** Seen by LookupEvents only after this many ms. */
  lateMs?: number;
  /** Delivered twice, with the same eventID. */
  twice?: boolean;
  /** Refused for want of permission: nobody joins, and the record's requestParameters are null. */
  refused?: { errorCode: string; errorMessage: string };
  sourceIp?: string;
  userAgent?: string;
  /** Laid over the record, field by field. */
  record?: Record<string, unknown>;
}

/** What a test can do to an account and ask of it. */
export interface AccountActs {
  createUser(name: string, by?: Actor): void;
  createGroup(name: string, by?: Actor): void;
  /** What IAM does, and the record of it. An unknown user or group counts as having existed all along. */
  addUserToGroup(addition: Addition): CloudTrailRecord;
  removeUserFromGroup(removal: { user: string; group: string; by?: Actor }): CloudTrailRecord;
  membersOf(group: string): string[];
  /** Any action of IAM by its name, recorded as AWS records it. Throws what IAM refuses. */
  iam(action: string, input: Input, how?: { by?: Actor; at?: Date }): Shape;
  /** What is there from the start, without a call or a record. */
  readonly given: Given;
  /** Any record, or text that isn't even JSON, as LookupEvents would give it. */
  deliver(event: Delivery): void;
  /** The record of a call to whichever service. */
  happened(what: Happened): CloudTrailRecord;
  /** Credentials of GetSessionToken or a sign-in to the console. */
  openSession(session: UserSession): Session;
  /** Credentials of AssumeRole, with STS's checks and record. */
  assumeRole(session: RoleSession): Session;
  /** Whether policies of a user (`ana`), `group/admins`, `role/Admin` or an ARN allow the call now. */
  allows(principal: string, action: string, resource?: string, context?: CallContext): boolean;
  /** Whether a call made now with these credentials works. */
  can(held: Held, action: string, resource?: string, context?: CallContext): boolean;
  /** What the user is and has, to be compared. */
  stateOf(user: string): UserState;
  roleStateOf(role: string): ReturnType<typeof roleStateOf>;
  /** Somebody with this user's credentials who fights back. */
  attacker(user: string, options?: { checked?: boolean }): Attacker;
  /** AWS suspends the account: its roles can't be assumed. */
  suspend(on?: boolean): void;
}

/** The acts on one account. */
export function actsOn(estate: Estate): AccountActs {
  const { iam, trail } = estate;
  return {
    ...iamActs(estate),
    membersOf(name) {
      const group = iam.now.groups.get(name);
      return group ? iam.membersOf(iam.now, group).map((user) => user.name) : [];
    },
    given: givenIn(estate),
    deliver: (event) => trail.deliver(event),
    happened: (what) => recordHappened(estate, what),
    openSession: (session) => openUserSession(estate, session),
    assumeRole: (session) => openRoleSession(estate, session),
    allows: (...asked) => allows(estate, ...asked),
    can: (...asked) => can(estate, ...asked),
    stateOf: (user) => stateOf(estate, user),
    roleStateOf: (role) => roleStateOf(estate, role),
    attacker: (user, options) => attackerAs(estate, user, options),
    suspend(on = true) {
      estate.suspended = on;
    },
  };
}

type IamActs = Pick<
  AccountActs,
  'createUser' | 'createGroup' | 'addUserToGroup' | 'removeUserFromGroup' | 'iam'
>;

function iamActs(estate: Estate): IamActs {
  const { iam, clock } = estate;
  const given = givenIn(estate);
  const call = (action: string, input: Input, by = iamUser('operator'), at?: Date) =>
    callIam(estate, { action, input, by, at: at?.getTime() ?? clock() });
  const recorded = ({ record }: ReturnType<typeof callIam>): CloudTrailRecord => {
    if (record) return record;
    throw new Error('A write left no record.');
  };
  return {
    createUser: (name, by) => void call('CreateUser', { UserName: name }, by),
    createGroup: (name, by) => void call('CreateGroup', { GroupName: name }, by),
    addUserToGroup(addition) {
      const { user, group, refused, by = iamUser('operator'), sourceIp, userAgent, at } = addition;
      if (!refused && !iam.now.users.get(user)) given.user({ name: user });
      if (!refused && !iam.now.groups.get(group)) given.group({ name: group });
      const outcome = callIam(estate, {
        action: 'AddUserToGroup',
        input: { UserName: user, GroupName: group },
        by: { ...by, sourceIp: sourceIp ?? by.sourceIp, userAgent: userAgent ?? by.userAgent },
        at: at?.getTime() ?? clock(),
        over: addition.record,
        lateMs: addition.lateMs,
        twice: addition.twice,
        permit: refused && (() => refuse(refused)),
      });
      return recorded(outcome);
    },
    removeUserFromGroup: ({ user, group, by }) =>
      recorded(call('RemoveUserFromGroup', { UserName: user, GroupName: group }, by)),
    iam(action, input, { by, at } = {}) {
      const { answer, refusal } = call(action, input, by, at);
      if (refusal) throw refusal;
      return answer;
    },
  };
}

function refuse({ errorCode, errorMessage }: { errorCode: string; errorMessage: string }): never {
  throw new Refusal(errorCode, errorMessage, 403);
}
