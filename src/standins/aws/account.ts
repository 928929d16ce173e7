import { type Actor, iamUser } from './actors.ts';
import { type AwsOptions, type Estate, newEstate } from './estate.ts';
import type { AwsFaults } from './faults.ts';
import { type IamWrite, writeIam } from './iam-writes.ts';
import type { Delivery } from './looked-up-event.ts';
import type { LookupCall } from './lookup-events.ts';
import { operationsOn } from './operations.ts';
import type { CloudTrailRecord } from './record.ts';
import { serve } from './server.ts';

export type { Actor, AwsFaults, AwsOptions, CloudTrailRecord, Delivery, LookupCall };

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

/** A running stand-in for one AWS account. */
export interface AwsStandIn extends AsyncDisposable {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  createUser(name: string, by?: Actor): void;
  createGroup(name: string, by?: Actor): void;
  /** What IAM does, and the record of it. An unknown user or group counts as having existed all along. */
  addUserToGroup(addition: Addition): CloudTrailRecord;
  removeUserFromGroup(removal: { user: string; group: string; by?: Actor }): CloudTrailRecord;
  membersOf(group: string): string[];
  /** Any record, or text that isn't even JSON, as LookupEvents would give it. */
  deliver(event: Delivery): void;
  /** Every LookupEvents call, oldest first. */
  readonly lookups: LookupCall[];
  readonly faults: AwsFaults;
  close(): Promise<void>;
}

/** Starts one account on a port of this machine. */
export async function startAws(options: AwsOptions = {}): Promise<AwsStandIn> {
  const estate = newEstate(options);
  const { home, faults, lookups, clock } = estate;
  const date = () => new Date(clock() + faults.now.skewMs);
  const { endpoint, close } = await serve(operationsOn(estate), { port: options.port ?? 0, date });
  return {
    endpoint,
    accountId: home.accountId,
    region: home.region,
    lookups,
    faults,
    ...actsOn(estate),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function actsOn(estate: Estate) {
  const { directory, trail, clock } = estate;
  const write = (name: IamWrite, parameters: Record<string, string>, by: Actor = iamUser('operator')) =>
    writeIam(estate, { write: name, parameters, by, at: clock() }).record;
  const ensure = (kind: 'user' | 'group', name: string) => {
    if (!directory.has(kind, name)) directory.create(kind, { name, path: '/', createdAt: clock() });
  };
  return {
    createUser: (name, by) => void write('CreateUser', { userName: name }, by),
    createGroup: (name, by) => void write('CreateGroup', { groupName: name }, by),
    addUserToGroup: ({ user, group, by = iamUser('operator'), at, sourceIp, userAgent, record, ...how }) => {
      if (!how.refused) {
        ensure('user', user);
        ensure('group', group);
      }
      return writeIam(estate, {
        ...how,
        write: 'AddUserToGroup',
        parameters: { userName: user, groupName: group },
        by: { ...by, sourceIp: sourceIp ?? by.sourceIp, userAgent: userAgent ?? by.userAgent },
        at: at?.getTime() ?? clock(),
        over: record,
      }).record;
    },
    removeUserFromGroup: ({ user, group, by }) =>
      write('RemoveUserFromGroup', { userName: user, groupName: group }, by),
    membersOf: (group) =>
      directory.has('group', group) ? directory.membersOf(group).map(({ name }) => name) : [],
    deliver: (event) => trail.deliver(event),
  } satisfies Partial<AwsStandIn>;
}
