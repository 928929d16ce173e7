import type { AwsStandIn } from '../standins/aws/account.ts';

/** The account as it has been all along: some groups with what they grant, and the people of the story. */
export function furnish({ given }: AwsStandIn): void {
  given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  given.group({ name: 'developers', attached: ['PowerUserAccess'] });
  given.group({ name: 'auditors', attached: ['ReadOnlyAccess'] });
  given.user({ name: 'mallory', keys: ['AKIAEXAMPLE23'], groups: ['auditors'] });
  given.user({ name: 'bob', password: 'example-password', mfa: ['arn:aws:iam::111122223333:mfa/bob'] });
}
