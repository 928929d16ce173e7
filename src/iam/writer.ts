import type { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import { failureOf, isNoSuchEntity } from '../aws/failure.ts';
import { callerOf } from '../aws/identity.ts';
import { UnlistedCall } from '../aws/only-listed.ts';
import type { Operation } from '../domain/response/action.ts';
import { outOfBounds } from '../domain/response/bounds.ts';
import { stillHolds } from '../domain/response/holds.ts';
import { SourceFailure } from '../ports/cloudtrail.ts';
import type { IamReader, IamWriter, Performed } from '../ports/iam.ts';
import { send } from './send.ts';

interface Needs {
  iam: IAMClient;
  sts: STSClient;
  /** Gets the credentials, so that being refused them is told apart from being refused the write. */
  assume(): Promise<unknown>;
  /** Asked when IAM says that what a write is on isn't there. */
  reader: Pick<IamReader, 'user' | 'role'>;
  /** Why these credentials aren't for the request at all. */
  elsewhere?: string;
}

/** IAM by the responder role's credentials, for one approved request. */
export function iamWriter({ iam, sts, assume, reader, elsewhere }: Needs): IamWriter {
  return {
    identity: (signal) => callerOf(sts, signal),

    async perform(operation, signal) {
      const why = elsewhere ?? outOfBounds(operation);
      if (why !== undefined) return { is: 'failed', why };
      try {
        await assume();
      } catch (error) {
        return refusalOf(error, 'assuming the responder role', 'sts:AssumeRole');
      }
      try {
        return { is: 'done', awsRequestId: await send(iam, operation, signal) };
      } catch (error) {
        if (error instanceof UnlistedCall) throw error;
        if (isNoSuchEntity(error)) return lookAgain(reader, operation, signal);
        return refusalOf(error, operation.call, `iam:${operation.call}`);
      }
    },
  };
}

/** What passes by itself; the SDK retries none of them. Source: the error classes of @aws-sdk/client-iam. */
const PASSING = new Set([
  'EntityTemporarilyUnmodifiableException',
  'ConcurrentModificationException',
  'ServiceFailureException',
  'AbortError',
]);

function refusalOf(error: unknown, doing: string, permission: string): Performed {
  const { trouble, message: why } = failureOf(error, doing);
  const name = error instanceof Error ? error.name : '';
  if (name === 'LimitExceededException') return { is: 'quota', why };
  if (PASSING.has(name) || trouble === 'throttled' || trouble === 'unreachable') return { is: 'again', why };
  return trouble === 'access-denied' ? { is: 'not-allowed', permission, why } : { is: 'failed', why };
}

/**
 * IAM says NoSuchEntity of a user, a credential, a policy or a membership alike. If things are as the write would
 * have them, it is done; if the user is gone, it never will be.
 */
async function lookAgain(
  reader: Needs['reader'],
  operation: Operation,
  signal: AbortSignal,
): Promise<Performed> {
  const target = 'role' in operation ? `the role ${operation.role}` : `the user ${operation.user}`;
  try {
    const now = await ('role' in operation
      ? reader.role(operation.role, signal)
      : reader.user(operation.user, signal));
    if (now === 'gone') return { is: 'gone', why: `${target} does not exist any more` };
    if (stillHolds({ operation }, now)) return { is: 'done' };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return {
      is: 'again',
      why: `IAM says that something isn't there, and it can't be seen what: ${error.message}`,
    };
  }
  return isTakingAway(operation)
    ? { is: 'again', why: 'IAM says that it is not there, but still shows it' }
    : { is: 'gone', why: `what ${operation.call} is about does not exist any more on ${target}` };
}

const isTakingAway = ({ call }: Operation): boolean => /^(Detach|Delete|Remove)/.test(call);
