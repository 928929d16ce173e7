import type { AwsStandIn } from '../standins/aws/account.ts';
import { iamUser, roleSession, root } from '../standins/aws/actors.ts';

interface Scene {
  title: string;
  /** Who and how, for the page. */
  about?: string;
  play(aws: AwsStandIn): void;
}

/** Cleo at work, or whoever has her session. */
export const CLEO = roleSession('Admin', 'cleo@example.com', {
  sourceIdentity: 'cleo@example.com',
  mfa: true,
});

/** Who joins with others, within a minute. */
export const CROWD = ['ada', 'alan', 'barbara', 'edsger', 'grace'];

/** What can happen in the demo's AWS account, once or many times. */
export const SCENES: Record<string, Scene> = {
  intruder: {
    title: 'An intruder makes himself administrator',
    about: 'mallory’s key is stolen; he joins admins',
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
    about: 'Ana lets bob join developers, with MFA',
    play: (aws) =>
      void aws.addUserToGroup({
        user: 'bob',
        group: 'developers',
        by: roleSession('Admin', 'ana@example.com', { sourceIdentity: 'ana@example.com', mfa: true }),
      }),
  },
  reader: {
    title: 'Somebody may read, and no more',
    about: 'frank joins auditors, by Cleo’s session',
    play: (aws) => void aws.addUserToGroup({ user: 'frank', group: 'auditors', by: CLEO }),
  },
  root: {
    title: 'The root user adds somebody, and CloudTrail is late',
    play: (aws) => void aws.addUserToGroup({ user: 'eve', group: 'billing', by: root(), lateMs: 5_000 }),
  },
  pipeline: {
    title: 'A pipeline adds a user, and CloudTrail delivers it twice',
    play: (aws) => pipelineRuns(aws, { user: 'deployer', run: 4711, twice: true }),
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
  chain: {
    title: 'A group is made, gets all rights, and takes somebody in',
    about: 'three calls by trudy, within a second',
    play(aws) {
      const by = iamUser('trudy', { mfa: false });
      const group = `ops-${Date.now() % 10_000}`;
      aws.iam('CreateGroup', { GroupName: group }, { by });
      aws.iam('AttachGroupPolicy', { GroupName: group, PolicyArn: ADMINISTRATOR }, { by });
      aws.addUserToGroup({ user: 'trudy', group, by });
    },
  },
  mass: {
    title: 'Five people join developers in a minute',
    about: 'all by oscar’s key',
    play(aws) {
      for (const user of CROWD) aws.addUserToGroup({ user, group: 'developers', by: iamUser('oscar') });
    },
  },
};

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Who is added in all of the scenes, and so must have one card each. */
export const ADDED = ['mallory', 'bob', 'frank', 'eve', 'deployer', 'none+=,.@_-', 'trudy', ...CROWD];

/** One run of the pipeline, each in a session of its own. */
export function pipelineRuns(
  aws: AwsStandIn,
  { user, run, twice = false }: { user: string; run: number; twice?: boolean },
): void {
  aws.addUserToGroup({
    user,
    group: 'ci',
    by: roleSession('ci-deploy', `run-${run}`),
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io)',
    twice,
  });
}
