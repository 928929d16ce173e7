import type { STSClient } from '@aws-sdk/client-sts';

/** Credentials that somebody else keeps fresh. */
export type Session = STSClient['config']['credentials'];

/**
 * What every client has in common. They give up: the SDK's own timeouts default to none, and requestTimeout alone
 * only warns. Endpoints and credentials are the SDK's own (AWS_*), and the app id shows in CloudTrail as ours.
 */
export function clientSettings(region: string, requestTimeoutMs: number, credentials?: Session) {
  return {
    region,
    ...(credentials && { credentials }),
    retryMode: 'standard',
    userAgentAppId: 'groupwatch',
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}
