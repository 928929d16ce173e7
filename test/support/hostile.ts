import fc from 'fast-check';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { CloudTrailEvent, Reading } from '../../src/domain/event.ts';
import type {
  Fact,
  GroupFacts,
  HeldPolicies,
  HeldPolicy,
  IamFacts,
  UserFacts,
} from '../../src/domain/facts.ts';
import type { EventSource, PastCalls, ReadActivity } from '../../src/ports/cloudtrail.ts';
import { nasty } from './markup.ts';
import { addUserToGroup } from './records.ts';

/** What becomes of a question to AWS. */
export const FATES = ['known', 'not-allowed', 'gone', 'failed'] as const;
export type Fate = (typeof FATES)[number];

/** Gives the next hostile text, another one for each field. */
type Evil = () => string;

/** As `nasty`, and longer than any name of IAM: nothing keeps a user agent or an error short. */
export const endless = fc.oneof(
  nasty,
  fc.constantFrom(
    '&'.repeat(2_000),
    '<!channel>'.repeat(300),
    '`'.repeat(1_000),
    '𝔘'.repeat(1_000),
    '\ud800x\udc00',
    'constructor',
  ),
);

/** One text after the other, and the first one again after the last. */
export function inTurns(texts: readonly string[]): Evil {
  let next = 0;
  return () => texts[next++ % texts.length] ?? '';
}

const AT = Date.UTC(2026, 10, 24, 3, 28);
const DAY = 86_400_000;

/** A record in which every text that somebody else decides on is hostile; type and time are AWS's own. */
export function hostileRecord(evil: Evil, different: Record<string, unknown> = {}): Record<string, unknown> {
  return addUserToGroup({
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${evil()}`,
      arn: `arn:aws:sts::111122223333:assumed-role/${evil()}/${evil()}`,
      userName: evil(),
      accountId: evil(),
      accessKeyId: evil(),
      invokedBy: evil(),
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: evil(), arn: evil() },
        sourceIdentity: evil(),
        attributes: { creationDate: evil(), mfaAuthenticated: evil() },
      },
    },
    awsRegion: evil(),
    sourceIPAddress: evil(),
    userAgent: evil(),
    requestParameters: { userName: evil(), groupName: evil(), [evil()]: evil() },
    requestID: evil(),
    eventID: evil(),
    recipientAccountId: evil(),
    ...different,
  });
}

/** Another identity for it: an IAM user with a long-term key. */
export const hostileUser = (evil: Evil): object => ({
  type: 'IAMUser',
  userName: evil(),
  arn: `arn:aws:iam::111122223333:user/${evil()}`,
  accessKeyId: `AKIA${evil()}`,
});

/** The same as the program reads it. */
export function hostileReading(evil: Evil, different: Record<string, unknown> = {}): Reading {
  return readRecord(JSON.stringify(hostileRecord(evil, different)), { account: '111122223333' });
}

/** Calls of all kinds that answers tell of, with hostile services, names, addresses and errors. */
function hostileCalls(evil: Evil): CloudTrailEvent[] {
  const iam = { eventSource: 'iam.amazonaws.com' };
  const parameters = () => ({ roleArn: evil(), roleSessionName: evil(), userName: evil() });
  const kinds = [
    {},
    { eventName: evil(), eventSource: evil() },
    { eventName: evil(), errorCode: evil(), errorMessage: evil() },
    { ...iam, eventName: 'CreateUser', requestParameters: parameters() },
    { ...iam, eventName: 'CreateAccessKey', requestParameters: parameters() },
    { ...iam, eventName: 'CreateGroup' },
    { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: parameters() },
    { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' },
  ];
  return kinds.flatMap((kind) => {
    const reading = hostileReading(evil, { ...kind, eventTime: '2026-11-24T03:20:00Z' });
    return reading.is === 'event' ? [reading.event] : [];
  });
}

/** CloudTrail in which whatever is asked for was done by whoever is asked for, with hostile text in it. */
export function hostileTrail(evil: Evil): {
  past: PastCalls;
  activityOf: ReadActivity;
  sourceIn: () => EventSource;
} {
  const calls = hostileCalls(evil);
  return {
    past: { of: async () => ({ calls, from: AT - 90 * DAY, at: AT }) },
    activityOf: async (_, { start }) => ({ events: calls, from: start, pages: 1 }),
    sourceIn: () => ({
      identity: async () => ({ account: '111122223333', partition: 'aws', arn: evil() }),
      async *pages() {
        yield calls.map((event) => ({ is: 'event' as const, event, raw: '' }));
      },
      clockSkew: () => undefined,
      callsLastMinute: () => 0,
      waiting: () => ({ polls: 0, lookUps: 0 }),
    }),
  };
}

/** IAM in which every text is hostile, or which says in hostile words why it tells nothing. */
export function hostileFacts(evil: Evil, fate: Fate): IamFacts {
  const fact = <T>(value: T): Fact<T> => {
    if (fate === 'known') return { is: 'known', value, at: AT };
    if (fate === 'gone') return { is: 'gone', at: AT };
    if (fate === 'failed') return { is: 'failed', why: evil(), at: AT };
    return { is: 'not-allowed', permission: evil(), why: evil(), at: AT };
  };
  const statement = () => ({
    Sid: evil(),
    Effect: 'Allow',
    Action: ['*', 'iam:PassRole', evil(), `s3:${evil()}`],
    Resource: ['*', evil()],
    Condition: { [evil()]: { [evil()]: evil() } },
  });
  const policy = (kind: HeldPolicy['kind'], text: string): HeldPolicy => ({
    name: evil(),
    kind,
    arn: evil(),
    document: fact({ text, version: evil(), updatedAt: AT }),
  });
  const readable = () => JSON.stringify({ Version: '2012-10-17', Statement: [statement(), statement()] });
  const policies = (): HeldPolicies => ({
    attached: fact([policy('aws-managed', readable()), policy('customer-managed', readable())]),
    inline: fact([policy('inline', evil())]),
  });
  const tags = () => ({ owner: evil(), [`team ${evil()}`]: evil(), email: `${evil()}@example.com` });
  const born = { arn: '', path: '/', createdAt: AT - 200 * DAY };
  const groupOf = (group: string): GroupFacts => ({
    group,
    ...policies(),
    unread: 0,
    identity: fact({ ...born, id: evil(), name: evil(), arn: evil(), members: [evil(), evil()] }),
  });
  const userOf = (user: string): UserFacts => ({
    user,
    ...policies(),
    identity: fact({ ...born, id: evil(), name: evil(), arn: evil(), boundary: evil(), tags: tags() }),
    mfa: fact([{ serial: evil(), kind: 'virtual', enabledAt: AT }]),
    password: fact({ createdAt: AT, mustBeChanged: false }),
    groups: fact([evil(), evil()]),
    boundary: fact(policy('customer-managed', readable())),
    accessKeys: fact([
      {
        id: evil(),
        status: evil(),
        createdAt: AT - 200 * DAY,
        lastUse: fact({ at: AT, service: evil(), region: evil() }),
      },
    ]),
    sshKeys: fact([{ id: evil(), status: evil(), uploadedAt: AT }]),
    certificates: fact([{ id: evil(), status: evil() }]),
    serviceCredentials: fact([{ id: evil(), service: evil(), status: evil(), createdAt: AT, name: evil() }]),
  });
  return {
    cardFacts: async ({ group, user }) => ({
      group:
        group === undefined ? undefined : { ...groupOf(group), origin: fact({ id: evil(), createdAt: AT }) },
      user: user === undefined ? undefined : userOf(user),
    }),
    groupGrants: async (group) => groupOf(group),
    userFacts: async (user) => userOf(user),
    accessKeys: async (user) => userOf(user).accessKeys,
    role: async () => fact({ ...born, name: evil(), arn: evil(), tags: tags() }),
    names: async () => fact([evil(), evil(), 'bob']),
    userGrants: async (user) => ({
      user,
      ...policies(),
      groups: fact([groupOf(evil())]),
      boundary: userOf(user).boundary,
    }),
  };
}
