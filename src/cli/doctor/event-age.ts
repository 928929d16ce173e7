import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { failureOf } from '../../aws/failure.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Inspection } from '../../storage/inspect.ts';
import type { Aws } from './aws.ts';
import { type Finding, of } from './finding.ts';

/**
 * How old the newest event of any kind is that the history shows, and how long after its event the newest alert was
 * raised. An account without a younger event is seldom: every call that Groupwatch makes is one.
 */
export async function eventAge(
  cloudtrail: CloudTrailClient,
  { clock, region, signal }: Aws,
  newestAlert: Inspection['newestAlert'],
): Promise<Finding[]> {
  const is = of('event age');
  const newest = await newestEvent(cloudtrail, signal);
  if (newest === 'denied') return [is.unchecked('LookupEvents does not answer.')];
  const alert = newestAlert
    ? `The newest alert was raised ${spanInWords(newestAlert.raisedAt - newestAlert.eventTime)} after its event.`
    : 'No alert was raised yet.';
  if (newest === undefined) {
    return [is.odd(`the event history in ${region} is empty. ${alert}`, QUIET)];
  }
  const age = clock.now() - newest;
  const says = `the newest event in ${region} is ${spanInWords(age)} old. ${alert}`;
  return [age > DAY ? is.odd(says, QUIET) : is.well(says)];
}

const QUIET =
  'Is it the right account and Region (AWS_REGION)? Else see the AWS Health Dashboard: CloudTrail may be late.';

async function newestEvent(
  cloudtrail: CloudTrailClient,
  signal: AbortSignal,
): Promise<number | undefined | 'denied'> {
  try {
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({ MaxResults: 1 }), {
      abortSignal: signal,
    });
    return Events[0]?.EventTime?.getTime();
  } catch (error) {
    const failure = failureOf(error, 'looking for the newest event');
    if (failure instanceof SourceFailure && failure.trouble === 'access-denied') return 'denied';
    throw failure;
  }
}
