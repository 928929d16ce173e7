import type { AwsStandIn } from '../aws/account.ts';
import type { SeenAws } from './wire.ts';

/** What the account holds, in small. */
export function seenAws(aws: AwsStandIn): SeenAws {
  return { accountId: aws.accountId, region: aws.region, probes: [], users: [], groups: [] };
}
