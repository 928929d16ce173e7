/** Where an account lives: its id, its partition, and the Region that keeps its IAM events. */
export interface Home {
  accountId: string;
  partition: string;
  region: string;
}

/** The account of AWS's own examples; actors are written for it and moved into the account they act in. */
export const EXAMPLE_HOME: Home = { accountId: '111122223333', partition: 'aws', region: 'us-east-1' };

/** ARN of something in the account. IAM and STS name no Region. */
export function arnIn(home: Home, service: 'iam' | 'sts', resource: string): string {
  return `arn:${home.partition}:${service}::${home.accountId}:${resource}`;
}

/** What ids begin with: users, roles, groups, policies. */
export type IdPrefix = 'AIDA' | 'AROA' | 'AGPA' | 'ANPA';

/** An id that AWS would draw at random, made from the name so that runs repeat; plainly not a real one. */
export function exampleId(prefix: IdPrefix, name: string): string {
  return `${prefix}EXAMPLE${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
}
