import { AWS_CALLS, type AwsCall, type CallBound, type CallTarget, type Grant } from '../aws/calls.ts';
import { iamEventRegion } from '../cloudtrail/region.ts';
import { denyAllArn } from '../domain/response/policies.ts';
import { PROTECTING_TAGS } from '../domain/response/protected.ts';

/** Where the policies are for, and whom they name. */
export interface Place {
  partition: string;
  /** Twelve digits. */
  account: string;
  /** Path and name of the role that Groupwatch runs with. */
  botRole: string;
  /** Path and name of the role that it assumes for approved requests. */
  responderRole: string;
  /** Path and name of the role that it reads other accounts with; the same in each. */
  readerRole?: string;
  /** The account that Groupwatch's own role is in; this one, unless told otherwise. */
  botAccount?: string;
  externalId: string;
  /** ARNs, with `*`, that the responder may never touch. */
  protectedPrincipals: readonly string[];
}

/** As the template names it. */
const READER_ROLE = 'groupwatch/groupwatch-reader';

interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: { AWS: string };
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** What a policy must allow for the calls that the program makes, and nothing else; the responder's also denies. */
export function policyFor(grant: Grant, place: Place): PolicyDocument {
  const calls = AWS_CALLS.filter((call) => call.grant === grant);
  const alike = Map.groupBy(calls, ({ on, only }) => `${on} ${only}`);
  const allows = [...alike.values()].map((group) => allowing(group, place));
  return {
    Version: '2012-10-17',
    Statement: [...allows, ...(grant === 'responder' ? denialsOf(place) : [])],
  };
}

/** Who may assume the responder role. An external id is no secret: it keeps other programs from being led to it. */
export function trustPolicy({
  partition,
  account,
  botAccount = account,
  botRole,
  externalId,
}: Place): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${botAccount}:role/${botRole}` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  };
}

function allowing(calls: readonly AwsCall[], place: Place): Statement {
  const [first] = calls;
  return {
    Effect: 'Allow',
    Action: calls.map(({ permission }) => permission),
    Resource: resourceOf(first?.on ?? 'everything', place),
    ...(first?.only && { Condition: conditionOf(first.only, place.partition) }),
  };
}

function resourceOf(
  on: CallTarget,
  { partition, account, responderRole, readerRole = READER_ROLE }: Place,
): string | string[] {
  const iam = `arn:${partition}:iam::`;
  switch (on) {
    case 'everything':
      return '*';
    case 'user':
    case 'group':
    case 'role':
      return `${iam}${account}:${on}/*`;
    case 'policy':
      return [`${iam}aws:policy/*`, `${iam}${account}:policy/*`];
    case 'administrator-access':
      return `${iam}aws:policy/AdministratorAccess`;
    case 'reader-roles':
      return `${iam}*:role/${readerRole}`;
    case 'responder-roles':
      return `${iam}*:role/${responderRole}`;
    case 'responder-role':
      return `${iam}${account}:role/${responderRole}`;
  }
}

function conditionOf(only: CallBound, partition: string): Statement['Condition'] {
  switch (only) {
    case 'attaches-deny-all':
      return { ArnEquals: { 'iam:PolicyARN': denyAllArn(partition) } };
    case 'bounds-by-deny-all':
      return { ArnEquals: { 'iam:PermissionsBoundary': denyAllArn(partition) } };
    case 'iam-events':
      return { StringEquals: { 'aws:RequestedRegion': iamEventRegion(partition) } };
  }
}

/** A deny wins over every allow, also over one that somebody adds later. Groups have no tags. */
function denialsOf({ partition, account, botRole, responderRole, protectedPrincipals }: Place): Statement[] {
  const roles = ['aws-service-role/*', 'aws-reserved/*', botRole, responderRole];
  return [
    {
      Sid: 'NeverRolesOfAwsOrGroupwatch',
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: roles.map((role) => `arn:${partition}:iam::${account}:role/${role}`),
    },
    ...PROTECTING_TAGS.map(
      (tag): Statement => ({
        Sid: tag === 'protected' ? 'NeverWhatIsProtected' : 'NeverWhatIsGroupwatchProtected',
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { StringEqualsIgnoreCase: { [`aws:ResourceTag/${tag}`]: 'true' } },
      }),
    ),
    ...(protectedPrincipals.length > 0
      ? [
          {
            Sid: 'NeverProtectedPrincipals',
            Effect: 'Deny' as const,
            Action: 'iam:*',
            Resource: [...protectedPrincipals],
          },
        ]
      : []),
  ];
}
