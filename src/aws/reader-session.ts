import { STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { SourceFailure } from '../ports/cloudtrail.ts';
import { clientSettings, type Session } from './client-settings.ts';
import { failureOf } from './failure.ts';
import { onlyListed } from './only-listed.ts';

interface Needs {
  roleArn: string;
  externalId: string | undefined;
  /** As people know it: its name and id. */
  account: string;
  region: string;
  requestTimeoutMs: number;
}

/** Of an account's role for reading; renewed before its end. Role chaining allows no longer. */
const SESSION_SECONDS = 3_600;

/**
 * One session for all that reads an account. Every call with it throws a `SourceFailure` that names the role when it
 * can't be assumed.
 */
export function readerSession({ roleArn, externalId, account, region, requestTimeoutMs }: Needs): Session {
  const settings = clientSettings(region, requestTimeoutMs);
  const assume = fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      ExternalId: externalId,
      DurationSeconds: SESSION_SECONDS,
      RoleSessionName: 'groupwatch-reader',
    },
    clientConfig: { ...settings, maxAttempts: 3 },
    clientPlugins: [{ applyToStack: (stack) => onlyListed(stack, 'reader') }],
  });
  const credentials: typeof assume = async (given) => {
    try {
      return await assume(given);
    } catch (error) {
      const { trouble, message } = failureOf(error, `assuming the role ${roleArn} of ${account}`);
      throw new SourceFailure(trouble === 'access-denied' ? 'role' : trouble, message, { cause: error });
    }
  };
  return kept(credentials, settings);
}

/** For an account that is not watched any more: whatever is asked about it fails with a reason. */
export function noSession(why: string, region: string, requestTimeoutMs: number): Session {
  const refuse = () => Promise.reject(new SourceFailure('credentials', why));
  return kept(refuse, clientSettings(region, requestTimeoutMs));
}

/** A client keeps its credentials until they end; here others share in that. */
function kept(
  credentials: ReturnType<typeof fromTemporaryCredentials>,
  settings: ReturnType<typeof clientSettings>,
): Session {
  const sts = new STSClient({ ...settings, credentials });
  onlyListed(sts.middlewareStack, 'reader');
  return sts.config.credentials;
}
