import type { Home } from '../home.ts';
import type { Policy } from './entities.ts';

type Lines = { Effect: 'Allow' | 'Deny'; Action?: string[]; NotAction?: string[]; Sid?: string }[];

const READS = [
  'cloudtrail:LookupEvents',
  'dynamodb:Get*',
  'dynamodb:Query',
  'ec2:Describe*',
  'iam:Get*',
  'iam:List*',
  'lambda:Get*',
  'lambda:List*',
  'rds:Describe*',
  's3:Get*',
  's3:List*',
];

/**
 * Policies that AWS keeps, by path and name: what they mean, in short. The real ones of the readers are far longer.
 * docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MEANINGS: Record<string, { lines: Lines; version?: number }> = {
  '/AdministratorAccess': { lines: [{ Effect: 'Allow', Action: ['*'] }] },
  '/PowerUserAccess': {
    lines: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'] },
      {
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeOrganization',
        ],
      },
    ],
    version: 6,
  },
  '/IAMFullAccess': {
    lines: [{ Effect: 'Allow', Action: ['iam:*', 'organizations:DescribeAccount', 'organizations:List*'] }],
    version: 2,
  },
  '/IAMReadOnlyAccess': {
    lines: [{ Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'iam:Simulate*', 'iam:Generate*'] }],
    version: 4,
  },
  '/IAMUserChangePassword': {
    lines: [{ Effect: 'Allow', Action: ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy'] }],
    version: 2,
  },
  '/ReadOnlyAccess': {
    lines: [{ Effect: 'Allow', Action: READS }],
    version: 130,
  },
  '/job-function/ViewOnlyAccess': {
    lines: [{ Effect: 'Allow', Action: ['ec2:Describe*', 'iam:List*', 's3:ListAllMyBuckets'] }],
    version: 20,
  },
  '/SecurityAudit': {
    lines: [
      {
        Effect: 'Allow',
        Action: ['iam:Get*', 'iam:List*', 'cloudtrail:LookupEvents', 'ec2:Describe*', 's3:GetBucket*'],
      },
    ],
    version: 60,
  },
  '/AmazonS3ReadOnlyAccess': {
    lines: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 's3:Describe*'] }],
    version: 3,
  },
  '/AmazonS3FullAccess': { lines: [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'] }], version: 2 },
  '/AmazonEC2FullAccess': {
    lines: [
      { Effect: 'Allow', Action: ['ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*'] },
    ],
    version: 5,
  },
  '/AWSDenyAll': { lines: [{ Sid: 'DenyAll', Effect: 'Deny', Action: ['*'] }] },
  '/AWSCompromisedKeyQuarantineV2': { lines: quarantine(), version: 5 },
  '/AWSCompromisedKeyQuarantineV3': { lines: quarantine(), version: 3 },
};

/** What AWS puts on a user whose key it found in public: denies some actions, not all. */
function quarantine(): Lines {
  const iam = ['AddUserToGroup', 'AttachUserPolicy', 'CreateAccessKey', 'CreateUser', 'UpdateAccessKey'];
  const others = ['cloudtrail:LookupEvents', 'ec2:RunInstances', 'lambda:CreateFunction', 's3:GetObject'];
  return [{ Effect: 'Deny', Action: [...iam.map((name) => `iam:${name}`), ...others] }];
}

/** The policy of that ARN, if AWS keeps one. */
export function awsManagedPolicy(home: Home, arn: string): Policy | undefined {
  const start = `arn:${home.partition}:iam::aws:policy`;
  if (!arn.startsWith(`${start}/`)) return undefined;
  const place = arn.slice(start.length);
  const meaning = MEANINGS[place];
  return meaning && policyOf(arn, place, meaning);
}

function policyOf(arn: string, place: string, { lines, version = 1 }: (typeof MEANINGS)[string]): Policy {
  const name = place.slice(place.lastIndexOf('/') + 1);
  const createdAt = Date.UTC(2015, 1, 6, 18, 39, 46);
  const statements = lines.map((line) => ({ ...line, Resource: '*' }));
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return {
    name,
    path: place.slice(0, -name.length),
    id: `ANPAEXAMPLE${name.toUpperCase()}`,
    arn,
    createdAt,
    updatedAt: createdAt,
    defaultVersion: `v${version}`,
    versions: [{ id: `v${version}`, document, createdAt }],
  };
}
