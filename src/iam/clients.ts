import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { clientSettings, type Session } from '../aws/client-settings.ts';
import { onlyListed } from '../aws/only-listed.ts';

/** IAM answers within a second; a call that hangs must not hold up a containment. Milliseconds. */
const PATIENCE = 15_000;

interface Clients {
  iam: IAMClient;
  sts: STSClient;
}

/** Clients with the credentials that Groupwatch runs with; they refuse every write. */
export function readingClients(region: string, requestTimeoutMs = PATIENCE, credentials?: Session): Clients {
  const settings = { ...clientSettings(region, requestTimeoutMs, credentials), maxAttempts: 3 };
  const clients = { iam: new IAMClient(settings), sts: new STSClient(settings) };
  onlyListed(clients.iam.middlewareStack, 'reader');
  onlyListed(clients.sts.middlewareStack, 'reader');
  return clients;
}

/** The role that may write, and what its trust policy asks for. */
export interface Responder {
  roleArn: string;
  externalId: string;
}

/** The shortest that STS gives. Source: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_SECONDS = 900;

/**
 * Clients with the responder role's credentials, which are asked for at the first call. One attempt a call: the SDK
 * takes a full quota for throttling and would try it three times, though there is a way around it; and whoever
 * performs a step tries again by itself.
 */
export function writingClients(
  region: string,
  { roleArn, externalId }: Responder,
  session: string,
  requestTimeoutMs = PATIENCE,
): Clients {
  const settings = clientSettings(region, requestTimeoutMs);
  const credentials = fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      ExternalId: externalId,
      DurationSeconds: SESSION_SECONDS,
      RoleSessionName: sessionName(session),
    },
    clientConfig: { ...settings, maxAttempts: 3 },
    clientPlugins: [{ applyToStack: (stack) => onlyListed(stack, 'reader') }],
  });
  const iam = new IAMClient({ ...settings, credentials, maxAttempts: 1 });
  // Of the one session, which the first client keeps.
  const sts = new STSClient({ ...settings, credentials: iam.config.credentials, maxAttempts: 3 });
  onlyListed(iam.middlewareStack, 'writer');
  onlyListed(sts.middlewareStack, 'writer');
  return { iam, sts };
}

/** Shows in CloudTrail which approved request a write was for. STS takes 2 to 64 characters of a few kinds. */
function sessionName(of: string): string {
  return `groupwatch-${of.replace(/[^\w+=,.@-]/g, '-')}`.slice(0, 64);
}
