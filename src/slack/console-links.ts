import type { CloudTrailEvent } from '../domain/event.ts';

const CONSOLES: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

/** By the actor's ARN, else by the Region. */
function consoleOf({ actor, region }: CloudTrailEvent): string | undefined {
  const byRegion = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';
  return CONSOLES[actor.arn?.split(':')[1] ?? byRegion];
}

const IAM_HOME: Record<string, string> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

/** Addresses in the AWS console of the event's partition; none for a partition whose console isn't known. */
export function consoleLinks(event: CloudTrailEvent, about: { subject?: string; object?: string }) {
  const host = consoleOf(event);
  if (!host) return {};
  const partition = Object.keys(CONSOLES).find((name) => CONSOLES[name] === host) ?? 'aws';
  const iam = `https://${IAM_HOME[partition]}.${host}/iam/home#`;
  const region = encodeURIComponent(event.region);
  return {
    subject: about.subject && `${iam}/users/details/${encodeURIComponent(about.subject)}?section=permissions`,
    object: about.object && `${iam}/groups/details/${encodeURIComponent(about.object)}?section=permissions`,
    event:
      event.eventId &&
      `https://${host}/cloudtrailv2/home?region=${region}#/events/${encodeURIComponent(event.eventId)}`,
  };
}
