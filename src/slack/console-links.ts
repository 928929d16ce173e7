import type { CloudTrailEvent } from '../domain/event.ts';

const CONSOLES: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

/** By the actor's ARN, else by the Region. */
function consoleOf({ actor, region }: CloudTrailEvent): string | undefined {
  const byRegion = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const partition = actor.arn?.split(':')[1] ?? byRegion;
  return Object.hasOwn(CONSOLES, partition) ? CONSOLES[partition] : undefined;
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
  const [user, group] = [inAddress(about.subject), inAddress(about.object)];
  const [region, eventId] = [inAddress(event.region), inAddress(event.eventId)];
  return {
    subject: user && `${iam}/users/details/${user}?section=permissions`,
    object: group && `${iam}/groups/details/${group}?section=permissions`,
    event: region && eventId && `https://${host}/cloudtrailv2/home?region=${region}#/events/${eventId}`,
  };
}

/** As part of an address; nothing when it is longer than any name of AWS, which then leads nowhere. */
function inAddress(name: string | undefined): string | undefined {
  return name === undefined || name.length > 128 ? undefined : encodeURIComponent(name.toWellFormed());
}
