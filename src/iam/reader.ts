import { GetGroupCommand, GetUserCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import { failureOf, isNoSuchEntity } from '../aws/failure.ts';
import { callerOf } from '../aws/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { IamReader } from '../ports/iam.ts';
import { readAdministrators } from './administrators.ts';
import { readRole } from './role.ts';
import { readUser } from './user.ts';

interface Needs {
  iam: IAMClient;
  sts: STSClient;
  clock: Clock;
  /** The partition that the clients are for. */
  partition: string;
}

/** IAM by the credentials that Groupwatch runs with. They can write nothing: see `aws/calls.ts`. */
export function iamReader({ iam, sts, clock, partition }: Needs): IamReader {
  return {
    identity: (signal) => callerOf(sts, signal),
    user: (name, signal) =>
      orGone(`reading the user ${name}`, readUser(iam, name, { takenAt: clock.now(), signal })),
    userId: (name, signal) => orGone(`reading the user ${name}`, readUserId(iam, name, signal)),
    role: (name, signal) =>
      orGone(`reading the role ${name}`, readRole(iam, name, { takenAt: clock.now(), signal })),
    group: (name, signal) => orGone(`reading the group ${name}`, readGroup(iam, name, signal)),
    async administrators(signal) {
      try {
        return await readAdministrators(iam, partition, signal);
      } catch (error) {
        throw failureOf(error, 'reading who has AdministratorAccess');
      }
    },
  };
}

async function readUserId(iam: IAMClient, name: string, signal: AbortSignal): Promise<string> {
  const { User } = await iam.send(new GetUserCommand({ UserName: name }), { abortSignal: signal });
  if (!User?.UserId) throw new Error('the answer has no UserId');
  return User.UserId;
}

async function readGroup(iam: IAMClient, name: string, signal: AbortSignal) {
  const { Group } = await iam.send(new GetGroupCommand({ GroupName: name, MaxItems: 1 }), {
    abortSignal: signal,
  });
  if (!Group?.GroupId || !Group.CreateDate)
    throw new Error(`IAM tells of the group ${name} without id or date`);
  return { id: Group.GroupId, createdAt: Group.CreateDate.getTime() };
}

async function orGone<T>(doing: string, reading: Promise<T>): Promise<T | 'gone'> {
  try {
    return await reading;
  } catch (error) {
    if (isNoSuchEntity(error)) return 'gone';
    throw failureOf(error, doing);
  }
}
