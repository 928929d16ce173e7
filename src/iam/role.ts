import { GetRoleCommand, GetRolePolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import { isNoSuchEntity } from '../aws/failure.ts';
import { INLINE } from '../domain/response/policies.ts';
import type { RoleSnapshot } from '../domain/response/snapshot.ts';
import type { Instant } from '../domain/time.ts';
import { decodedDocument, tagsOf } from './user.ts';

/** AWS's own default for a role that says nothing. */
const AN_HOUR = 3_600;

/** A role with the one inline policy that a revocation writes. Throws NoSuchEntity when the role doesn't exist. */
export async function readRole(
  iam: IAMClient,
  name: string,
  { takenAt, signal }: { takenAt: Instant; signal: AbortSignal },
): Promise<RoleSnapshot> {
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: signal });
  if (!role?.RoleName || !role.RoleId || !role.Arn)
    throw new Error(`IAM tells of the role ${name} without name, id or ARN`);
  const { RoleName, RoleId, Arn, Path, Tags, MaxSessionDuration } = role;
  return {
    takenAt,
    role: RoleName,
    roleId: RoleId,
    arn: Arn,
    path: Path ?? '/',
    tags: tagsOf(Tags),
    inlinePolicies: await revocationOf(iam, RoleName, signal),
    maxSessionSeconds: MaxSessionDuration ?? AN_HOUR,
  };
}

async function revocationOf(
  iam: IAMClient,
  role: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const PolicyName = INLINE.roleSessions;
  try {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }), {
      abortSignal: signal,
    });
    return { [PolicyName]: decodedDocument(PolicyDocument) };
  } catch (error) {
    if (isNoSuchEntity(error)) return {};
    throw error;
  }
}
