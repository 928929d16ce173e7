import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../aws/client-settings.ts';
import { onlyListed } from '../aws/only-listed.ts';

/** Clients of the poller. Answers of LookupEvents were seen to take 35 s, so the limit is above that. */
export function awsClients(
  region: string,
  requestTimeoutMs = 45_000,
  maxAttempts = 5,
): { cloudtrail: CloudTrailClient; sts: STSClient } {
  const settings = clientSettings(region, requestTimeoutMs);
  const cloudtrail = new CloudTrailClient({ ...settings, maxAttempts });
  const sts = new STSClient({ ...settings, maxAttempts: 3 });
  onlyListed(cloudtrail.middlewareStack, 'reader');
  onlyListed(sts.middlewareStack, 'reader');
  return { cloudtrail, sts };
}
