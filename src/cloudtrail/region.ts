/**
 * The Region where CloudTrail keeps IAM's events, by partition. IAM is one service a partition, and since
 * 2021-11-22 LookupEvents shows its events in this Region only.
 * Sources: docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html; GovCloud user guide;
 * the others follow IAM's signing Region in the SDK's endpoint rules.
 */
const IAM_REGIONS: Record<string, string> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

/** Where to look for IAM's events; of an unknown partition, where the standard one keeps them. */
export function iamEventRegion(partition: string): string {
  return IAM_REGIONS[partition] ?? 'us-east-1';
}

/** The partition a Region belongs to, by its prefix. */
export function partitionOfRegion(region: string): string {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('eu-isoe-')) return 'aws-iso-e';
  return region.startsWith('us-isof-') ? 'aws-iso-f' : 'aws';
}
