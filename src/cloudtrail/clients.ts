import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { STSClient } from '@aws-sdk/client-sts';

/**
 * Clients that give up: the SDK's own timeouts default to none, and requestTimeout alone only warns. Answers of
 * LookupEvents were seen to take 35 s, so the limit is above that. Endpoints and credentials are the SDK's own
 * (AWS_*), and the app id shows in CloudTrail as ours.
 */
export function awsClients(
  region: string,
  requestTimeoutMs = 45_000,
): { cloudtrail: CloudTrailClient; sts: STSClient } {
  const settings = {
    region,
    maxAttempts: 5,
    retryMode: 'standard',
    userAgentAppId: 'groupwatch',
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
  return { cloudtrail: new CloudTrailClient(settings), sts: new STSClient({ ...settings, maxAttempts: 3 }) };
}
