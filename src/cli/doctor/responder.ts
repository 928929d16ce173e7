import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { failureOf } from '../../aws/failure.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Aws } from './aws.ts';
import { type Finding, of, words } from './finding.ts';
import { responderPermissions } from './responder-permissions.ts';

const is = of('responder role');

/** Whether the responder role can be assumed, by Groupwatch's way alone, and what it could do; nothing is written. */
export async function responder(
  { iam, sts }: { iam: IAMClient; sts: STSClient },
  checks: Aws,
): Promise<Finding[]> {
  const { mode, responder: own } = checks.settings.response;
  const role = checks.account.responder ?? own;
  if (!role) {
    const why = mode === 'execute' ? 'there is none' : `RESPONSE_MODE is ${mode}`;
    return [is.unchecked(`${why}: people run the commands.`)];
  }
  const account = role.roleArn.split(':')[4];
  if (account !== checks.me.account) {
    return [
      is.ill(
        `RESPONDER_ROLE_ARN is of account ${account}, the credentials are of ${checks.me.account}.`,
        'Use a role of the account that is watched.',
      ),
    ];
  }
  return [
    await assumable(sts, role, checks.signal),
    await guarded(sts, role, checks.signal),
    ...(await responderPermissions(iam, role.roleArn, checks)),
  ];
}

interface Role {
  roleArn: string;
  externalId: string;
}

async function assumable(sts: STSClient, role: Role, signal: AbortSignal): Promise<Finding> {
  const refusal = await assume(sts, role.roleArn, signal, role.externalId);
  if (refusal === undefined) return is.well(`${role.roleArn} can be assumed.`);
  return is.ill(
    `${role.roleArn} can't be assumed: ${refusal}.`,
    'Its trust policy must be as npm run iam-policy -- trust prints it, with RESPONDER_EXTERNAL_ID, and Groupwatch needs the policy assume.',
  );
}

/** An external id that isn't asked for protects from nothing. */
async function guarded(sts: STSClient, { roleArn }: Role, signal: AbortSignal): Promise<Finding> {
  const refusal = await assume(sts, roleArn, signal);
  if (refusal !== undefined) return is.well('without the external id it is refused.');
  return is.odd(
    'it can be assumed without the external id, so any program with these credentials can be led to use it.',
    'Set the trust policy that npm run iam-policy -- trust prints.',
  );
}

/** Why AWS refuses; nothing when it gave credentials, which are thrown away here. */
async function assume(
  sts: STSClient,
  RoleArn: string,
  abortSignal: AbortSignal,
  ExternalId?: string,
): Promise<string | undefined> {
  try {
    const session = { RoleArn, RoleSessionName: 'groupwatch-doctor', DurationSeconds: 900 };
    await sts.send(new AssumeRoleCommand({ ...session, ExternalId }), { abortSignal });
    return undefined;
  } catch (error) {
    const failure = failureOf(error, 'assuming it');
    if (failure instanceof SourceFailure && failure.trouble === 'access-denied') return words(failure);
    throw failure;
  }
}
