import { z } from 'zod';
import type { AwsStandIn } from '../aws/account.ts';
import type { SeenAws, SeenUser } from './wire.ts';

/** Calls that are tried for every user: what they'd mean, in plain words. */
const PROBES: readonly [words: string, action: string, resource?: string][] = [
  ['read data', 's3:GetObject', 'arn:aws:s3:::example/report.csv'],
  ['start servers', 'ec2:RunInstances'],
  ['create users', 'iam:CreateUser'],
  ['grant itself rights', 'iam:AttachUserPolicy'],
];

const users = z.object({ Users: z.array(z.object({ UserName: z.string() })) });
const groups = z.object({ Groups: z.array(z.object({ GroupName: z.string() })) });
const attached = z.object({ AttachedPolicies: z.array(z.object({ PolicyName: z.string() })) });
const inline = z.object({ PolicyNames: z.array(z.string()) });

/** What the account holds, in small. */
export function seenAws(aws: AwsStandIn): SeenAws {
  return {
    accountId: aws.accountId,
    region: aws.region,
    probes: PROBES.map(([words]) => words),
    users: users.parse(aws.iam('ListUsers', {})).Users.map(({ UserName }) => seenUser(aws, UserName)),
    groups: groups.parse(aws.iam('ListGroups', {})).Groups.map(({ GroupName }) => ({
      name: GroupName,
      policies: [
        ...attached
          .parse(aws.iam('ListAttachedGroupPolicies', { GroupName }))
          .AttachedPolicies.map(({ PolicyName }) => PolicyName),
        ...inline.parse(aws.iam('ListGroupPolicies', { GroupName })).PolicyNames,
      ],
      members: aws.membersOf(GroupName).length,
    })),
  };
}

function seenUser(aws: AwsStandIn, name: string): SeenUser {
  const state = aws.stateOf(name);
  const credentials = Object.entries(state.credentials).map(([id, words]) => ({
    words: `${id} · ${words}`,
    works: words.endsWith(' Active'),
  }));
  return {
    name,
    groups: state.groups,
    policies: [...state.attached.map(lastPart), ...Object.keys(state.inline)],
    ...(state.boundary && { boundary: lastPart(state.boundary) }),
    credentials: [
      ...credentials,
      ...(state.password ? [{ words: 'console password', works: true }] : []),
      ...(state.mfa.length > 0 ? [{ words: `${state.mfa.length} MFA device`, works: true }] : []),
    ],
    can: PROBES.map(([, action, resource]) => aws.allows(name, action, resource)),
  };
}

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;
