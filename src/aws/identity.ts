import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { AccountIdentity } from '../ports/cloudtrail.ts';
import { failureOf } from './failure.ts';

/** Whose credentials a client has, as STS tells. Throws a `SourceFailure`. */
export async function callerOf(sts: STSClient, signal: AbortSignal): Promise<AccountIdentity> {
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    if (!Account || !Arn) throw new Error('the answer names no account');
    return { account: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
  } catch (error) {
    throw failureOf(error, 'asking STS whose credentials these are');
  }
}
