import { HOUR, SECOND } from '../../domain/time.ts';
import { type EventSource, SourceFailure } from '../../ports/cloudtrail.ts';
import { iamUserAddedToGroup } from '../../rules/iam-user-added-to-group.ts';
import type { Aws } from './aws.ts';
import { type Finding, of, words } from './finding.ts';

/** Whether the event history can be searched for what the rule needs, as a poll does it. */
export async function lookup(source: EventSource, { clock, region, signal }: Aws): Promise<Finding[]> {
  const is = of('LookupEvents');
  const { action } = iamUserAddedToGroup.condition;
  const end = Math.floor(clock.now() / SECOND) * SECOND;
  let count = 0;
  try {
    const scan = {
      by: { key: 'EventName', value: action },
      window: { start: end - HOUR, end },
    } as const;
    for await (const page of source.pages(scan, signal)) count += page.length;
    return [is.well(`it works in ${region}: ${count} of ${action} in the last hour.`)];
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    if (error.trouble === 'throttled') {
      return [
        is.odd(
          `${words(error)}.`,
          'Something else uses up the quota of this account and Region, 2 calls a second.',
        ),
      ];
    }
    return [is.ill(`${words(error)}.`, REMEDY)];
  }
}

const REMEDY =
  'Groupwatch sees nothing without it: grant the policy that npm run iam-policy -- poller prints.';
