import {
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  type Tag,
  type User,
} from '@aws-sdk/client-iam';
import { isNoSuchEntity } from '../aws/failure.ts';
import type { UserSnapshot } from '../domain/response/snapshot.ts';
import type { Instant } from '../domain/time.ts';
import { readCredentials } from './credentials.ts';
import { everyPage } from './pages.ts';

/**
 * A user with all that hangs on them, read at once. IAM is eventually consistent: right after a write it may still
 * tell what was before. Throws NoSuchEntity when the user doesn't exist.
 */
export async function readUser(
  iam: IAMClient,
  name: string,
  { takenAt, signal }: { takenAt: Instant; signal: AbortSignal },
): Promise<UserSnapshot> {
  const { User: user } = await iam.send(new GetUserCommand({ UserName: name }), { abortSignal: signal });
  if (!user?.UserName || !user.UserId || !user.Arn || !user.CreateDate)
    throw new Error(`IAM tells of the user ${name} without name, id, ARN or date`);
  const { UserName, UserId, Arn, CreateDate, PermissionsBoundary, Tags } = user;
  const [policies, groups, credentials, mfaDevices, password] = await Promise.all([
    policiesOf(iam, UserName, signal),
    groupsOf(iam, UserName, signal),
    readCredentials(iam, UserName, signal),
    mfaDevicesOf(iam, UserName, signal),
    passwordOf(iam, user, signal),
  ]);
  return {
    takenAt,
    user: UserName,
    userId: UserId,
    arn: Arn,
    createdAt: CreateDate.getTime(),
    tags: tagsOf(Tags),
    boundary: PermissionsBoundary?.PermissionsBoundaryArn,
    ...policies,
    groups,
    ...credentials,
    mfaDevices,
    password,
  };
}

/** Documents come URL-encoded. Source: docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const decodedDocument = (document: string | undefined): string => decodeURIComponent(document ?? '');

/** Tags as a record; keys and values are hostile text. */
export function tagsOf(tags: Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

async function policiesOf(
  iam: IAMClient,
  user: string,
  signal: AbortSignal,
): Promise<Pick<UserSnapshot, 'attachedPolicies' | 'inlinePolicies'>> {
  const options = { abortSignal: signal };
  const [attached, names] = await Promise.all([
    everyPage(
      (Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName: user, Marker }), options),
      (page) => page.AttachedPolicies?.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    ),
    everyPage(
      (Marker) => iam.send(new ListUserPoliciesCommand({ UserName: user, Marker }), options),
      (page) => page.PolicyNames,
    ),
  ]);
  const documents = await Promise.all(names.map((name) => inlinePolicyOf(iam, user, name, signal)));
  return { attachedPolicies: attached.sort(), inlinePolicies: Object.fromEntries(documents.flat()) };
}

/** Nothing for a policy that was deleted since the list was read. */
async function inlinePolicyOf(
  iam: IAMClient,
  user: string,
  name: string,
  signal: AbortSignal,
): Promise<[name: string, document: string][]> {
  try {
    const { PolicyDocument } = await iam.send(
      new GetUserPolicyCommand({ UserName: user, PolicyName: name }),
      {
        abortSignal: signal,
      },
    );
    return [[name, decodedDocument(PolicyDocument)]];
  } catch (error) {
    if (isNoSuchEntity(error)) return [];
    throw error;
  }
}

async function groupsOf(iam: IAMClient, user: string, signal: AbortSignal): Promise<UserSnapshot['groups']> {
  const groups = await everyPage(
    (Marker) => iam.send(new ListGroupsForUserCommand({ UserName: user, Marker }), { abortSignal: signal }),
    (page) => page.Groups,
  );
  return groups.map(({ GroupName = '', GroupId = '', CreateDate }) => ({
    name: GroupName,
    id: GroupId,
    createdAt: CreateDate?.getTime() ?? 0,
  }));
}

async function mfaDevicesOf(iam: IAMClient, user: string, signal: AbortSignal): Promise<string[]> {
  const devices = await everyPage(
    (Marker) => iam.send(new ListMFADevicesCommand({ UserName: user, Marker }), { abortSignal: signal }),
    (page) => page.MFADevices?.flatMap(({ SerialNumber }) => SerialNumber ?? []),
  );
  return devices.sort();
}

/** IAM has no list for it: a user without a password has no login profile, and that is an error of its own. */
async function passwordOf(
  iam: IAMClient,
  { UserName, PasswordLastUsed }: User,
  signal: AbortSignal,
): Promise<UserSnapshot['password']> {
  try {
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }), {
      abortSignal: signal,
    });
    return {
      createdAt: LoginProfile?.CreateDate?.getTime() ?? 0,
      resetRequired: LoginProfile?.PasswordResetRequired ?? false,
      lastUsedAt: PasswordLastUsed?.getTime(),
    };
  } catch (error) {
    if (isNoSuchEntity(error)) return undefined;
    throw error;
  }
}
