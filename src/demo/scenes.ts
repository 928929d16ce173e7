import type { AwsStandIn } from '../standins/aws/account.ts';
import { iamUser, roleSession, root } from '../standins/aws/actors.ts';

/** What can happen in the demo's AWS account. */
export const SCENES: Record<string, { title: string; play: (aws: AwsStandIn) => void }> = {
  intruder: {
    title: 'An intruder makes himself administrator',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'mallory',
        group: 'admins',
        by: iamUser('mallory', { mfa: false }),
        sourceIp: '198.51.100.23',
        userAgent: 'aws-cli/2.17.0 md/awscrt#0.20.11 ua/2.0 os/linux',
      }),
  },
  onboarding: {
    title: 'A colleague is onboarded',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'bob',
        group: 'developers',
        by: roleSession('Admin', 'ana@example.com', { sourceIdentity: 'ana@example.com', mfa: true }),
      }),
  },
  root: {
    title: 'The root user adds somebody, and CloudTrail is late',
    play: (aws) => void aws.addUserToGroup({ user: 'eve', group: 'billing', by: root(), lateMs: 5_000 }),
  },
  pipeline: {
    title: 'A pipeline adds a user, and CloudTrail delivers it twice',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'deployer',
        group: 'ci',
        by: roleSession('ci-deploy', 'run-4711'),
        userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io)',
        twice: true,
      }),
  },
  stranger: {
    title: 'A user with an odd name is added from an IPv6 address',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'none+=,.@_-',
        group: '-',
        by: iamUser('null'),
        sourceIp: '2001:db8::23',
      }),
  },
  refused: {
    title: 'Somebody tries, and AWS refuses (no alert)',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'trudy',
        group: 'admins',
        by: iamUser('trudy'),
        refused: { errorCode: 'AccessDenied', errorMessage: 'not authorized to perform: iam:AddUserToGroup' },
      }),
  },
};

/** The additions that must become alerts, by the name of the user who was added. */
export const ADDITIONS: Record<string, string> = {
  mallory: 'intruder',
  bob: 'onboarding',
  eve: 'root',
  deployer: 'pipeline',
  'none+=,.@_-': 'stranger',
};
