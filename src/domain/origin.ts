import type { CloudTrailEvent } from './event.ts';

/** By what a call seems to have been made. A sign, no proof: who calls writes the user agent. */
export type Origin = 'console' | 'CloudFormation' | 'Terraform' | 'AWS service' | 'CLI' | 'SDK' | 'unknown';

const AGENTS: [RegExp, Origin][] = [
  [/terraform/i, 'Terraform'],
  [/^aws-cli\//i, 'CLI'],
  [/^(boto3|botocore|aws-sdk|aws-internal)/i, 'SDK'],
];

/** Sources: CloudTrail user guide, record contents; the agents are what AWS's and HashiCorp's tools send. */
export function originOf({ actor, fromConsole, userAgent = '', sourceAddress }: CloudTrailEvent): Origin {
  const service = actor.invokedBy ?? (sourceAddress.is === 'service' ? sourceAddress.text : undefined);
  if (service?.startsWith('cloudformation.')) return 'CloudFormation';
  if (service) return 'AWS service';
  const known = AGENTS.find(([pattern]) => pattern.test(userAgent))?.[1];
  return known ?? (fromConsole ? 'console' : /aws-sdk/i.test(userAgent) ? 'SDK' : 'unknown');
}
