import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/domain/response/action.ts';
import { DENY_ALL_DOCUMENT, olderSessionsDocument } from '../../src/domain/response/policies.ts';
import type { AwsStandIn } from '../../src/standins/aws/account.ts';
import { DENY, NOW } from '../support/responses.ts';
import { iamAccount, RESPONDER, signal } from './account.ts';

const BOB = {
  name: 'bob',
  groups: ['admins'],
  password: 'Example-1234',
  keys: ['AKIAEXAMPLE11'],
  sshKeys: ['APKAEXAMPLE11'],
  certificates: ['CERTEXAMPLE11'],
  serviceCredentials: ['ACCAEXAMPLE11'],
};
const SESSIONS = olderSessionsDocument(NOW);
const user = 'bob';
const attach: Operation = { call: 'AttachUserPolicy', user, policyArn: DENY };
const off = { user, status: 'Inactive' } as const;

/** One of each that a user can be acted on by, and how it shows in the user's state. */
const WRITES: [Operation, object][] = [
  [attach, { attached: [DENY] }],
  [{ call: 'DetachUserPolicy', user, policyArn: DENY }, { attached: [] }],
  [{ call: 'PutUserPermissionsBoundary', user, policyArn: DENY }, { boundary: DENY }],
  [{ call: 'DeleteUserPermissionsBoundary', user }, { boundary: null }],
  [
    { call: 'PutUserPolicy', user, policyName: 'GroupwatchDenyAll', document: DENY_ALL_DOCUMENT },
    { inline: { GroupwatchDenyAll: JSON.parse(DENY_ALL_DOCUMENT) } },
  ],
  [{ call: 'DeleteUserPolicy', user, policyName: 'GroupwatchDenyAll' }, { inline: {} }],
  [
    { call: 'PutUserPolicy', user, policyName: 'GroupwatchRevokeOlderSessions', document: SESSIONS },
    { inline: { GroupwatchRevokeOlderSessions: JSON.parse(SESSIONS) } },
  ],
  [
    { call: 'UpdateAccessKey', id: 'AKIAEXAMPLE11', ...off },
    { credentials: { AKIAEXAMPLE11: 'accessKey Inactive' } },
  ],
  [
    { call: 'UpdateSSHPublicKey', id: 'APKAEXAMPLE11', ...off },
    { credentials: { APKAEXAMPLE11: 'sshKey Inactive' } },
  ],
  [
    { call: 'UpdateSigningCertificate', id: 'CERTEXAMPLE11', ...off },
    { credentials: { CERTEXAMPLE11: 'certificate Inactive' } },
  ],
  [
    { call: 'UpdateServiceSpecificCredential', id: 'ACCAEXAMPLE11', ...off },
    { credentials: { ACCAEXAMPLE11: 'serviceCredential Inactive' } },
  ],
  [{ call: 'RemoveUserFromGroup', user, group: 'admins' }, { groups: [] }],
  [{ call: 'AddUserToGroup', user, group: 'admins' }, { groups: ['admins'] }],
  [{ call: 'DeleteLoginProfile', user }, { password: null }],
];

/** The calls that came over the wire, without our own reads. */
const writesTo = ({ calls }: AwsStandIn) => calls.filter(({ name }) => !/:(Get|List)/.test(name));

describe('every operation', () => {
  it('has its effect, again with none when it is repeated, and tells the request id that CloudTrail has', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    for (const [operation, shows] of WRITES) {
      const done = await writer().perform(operation, signal);
      expect(done, operation.call).toMatchObject({ is: 'done', awsRequestId: aws.calls.at(-1)?.requestId });
      expect(aws.stateOf('bob'), operation.call).toMatchObject(shows);
      expect(await writer().perform(operation, signal), `${operation.call} again`).toMatchObject({
        is: 'done',
      });
      expect(aws.stateOf('bob'), `${operation.call} again`).toMatchObject(shows);
    }
  });

  it('works on roles', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.role({ name: 'Deploy' });
    const policyName = 'AWSRevokeOlderSessions';
    const put: Operation = { call: 'PutRolePolicy', role: 'Deploy', policyName, document: SESSIONS };
    const away: Operation = { call: 'DeleteRolePolicy', role: 'Deploy', policyName };
    expect(await writer().perform(put, signal)).toMatchObject({ is: 'done' });
    expect(aws.roleStateOf('Deploy').inline).toEqual({ [policyName]: JSON.parse(SESSIONS) });
    for (const _ of [1, 2]) expect(await writer().perform(away, signal)).toMatchObject({ is: 'done' });
    expect(aws.roleStateOf('Deploy').inline).toEqual({});
  });
});

describe('the responder role', () => {
  it('is assumed for a request, at its first call, once, for fifteen minutes, with the external id', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    const first = writer('RS-77');
    expect(aws.calls).toEqual([]);
    await first.identity(signal);
    for (const [operation] of WRITES) await writer('RS-77').perform(operation, signal);
    const assumed = aws.calls.filter(({ name }) => name === 'sts:AssumeRole');
    expect(assumed).toMatchObject([
      {
        parameters: {
          RoleArn: RESPONDER,
          RoleSessionName: 'groupwatch-RS-77',
          ExternalId: 'gw-7f3a',
          DurationSeconds: 900,
        },
      },
    ]);
    const arn = 'arn:aws:sts::111122223333:assumed-role/groupwatch-responder/groupwatch-RS-77';
    expect(await first.identity(signal)).toMatchObject({ arn, account: '111122223333' });
    for (const { caller, userAgent } of writesTo(aws).slice(1)) {
      expect(caller).toBe(arn);
      expect(userAgent).toContain('app/groupwatch');
    }
  });

  it('is assumed anew for another request, under its name, whatever characters that has', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    await writer('RS-1').perform(attach, signal);
    await writer(`ünfit name/${'x'.repeat(90)}`).perform(attach, signal);
    const names = aws.calls
      .filter(({ name }) => name === 'sts:AssumeRole')
      .map(({ parameters }) => parameters.RoleSessionName);
    expect(names).toEqual(['groupwatch-RS-1', `groupwatch--nfit-name-${'x'.repeat(42)}`]);
  });

  it('that cannot be assumed is told apart from a write that is refused', async () => {
    const { aws, writer } = await iamAccount({ externalId: 'wrong' });
    aws.given.user(BOB);
    expect(await writer().perform(attach, signal)).toMatchObject({
      is: 'not-allowed',
      permission: 'sts:AssumeRole',
      why: expect.stringMatching(/not authorized to perform: sts:AssumeRole/),
    });
    await expect(writer().identity(signal)).rejects.toMatchObject({ trouble: 'access-denied' });
    expect(aws.stateOf('bob').attached).toEqual([]);
  });

  it('of another account writes nothing', async () => {
    const { aws, writer } = await iamAccount({ responder: RESPONDER.replace('1111', '9999') });
    aws.given.user(BOB);
    expect(await writer().perform(attach, signal)).toMatchObject({
      is: 'failed',
      why: expect.stringMatching(/is of account 999922223333/),
    });
    expect(aws.calls).toEqual([]);
  });
});

describe('what comes in between', () => {
  it.each([
    ['quota', { code: 'LimitExceeded', status: 409 }],
    ['again', { code: 'EntityTemporarilyUnmodifiable', status: 409 }],
    ['again', { code: 'ConcurrentModification', status: 409 }],
    ['again', { code: 'ServiceFailure', status: 500 }],
    ['again', { code: 'Throttling', status: 400 }],
    ['again', { code: 'InternalFailure', status: 503 }],
    ['again', 'cut'],
    ['again', 'drop-reply'],
    ['again', 'hang'],
    ['not-allowed', { code: 'AccessDenied', status: 403 }],
    ['failed', { code: 'UnmodifiableEntity', status: 400 }],
    ['failed', { code: 'ValidationError', status: 400 }],
    ['failed', { code: 'InvalidClientTokenId', status: 403 }],
  ] as const)('is %s after %o, at the first attempt, and passes', async (is, fault) => {
    const { aws, writer } = await iamAccount({ requestTimeoutMs: fault === 'hang' ? 500 : 15_000 });
    aws.given.user(BOB);
    aws.faults.iam('AttachUserPolicy', 1, fault);
    expect(await writer().perform(attach, signal)).toMatchObject({ is, why: expect.stringMatching(/./) });
    expect(aws.calls.filter(({ name }) => name === 'iam:AttachUserPolicy')).toHaveLength(1);
    expect(await writer().perform(attach, signal)).toMatchObject({ is: 'done' });
    expect(aws.stateOf('bob').attached).toEqual([DENY]);
  });

  it('names the permission that a write lacks', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    aws.faults.iam('UpdateAccessKey', 1, { code: 'AccessDenied', status: 403 });
    const key: Operation = { call: 'UpdateAccessKey', id: 'AKIAEXAMPLE11', ...off };
    expect(await writer().perform(key, signal)).toMatchObject({ permission: 'iam:UpdateAccessKey' });
  });

  it('is a quota that is really full', async () => {
    const { aws, writer } = await iamAccount();
    const attached = Array.from(
      { length: 10 },
      (_, n) => aws.given.policy({ name: `p${n}`, document: {} }).arn,
    );
    const filler = { Version: '2012-10-17', Statement: [], Id: 'x'.repeat(1_950) };
    aws.given.user({ ...BOB, attached, inline: { filler } });
    const inline = {
      call: 'PutUserPolicy',
      user,
      policyName: 'GroupwatchDenyAll',
      document: DENY_ALL_DOCUMENT,
    } as const;
    expect(await writer().perform(attach, signal)).toMatchObject({ is: 'quota' });
    expect(await writer().perform(inline, signal)).toMatchObject({ is: 'quota' });
    const boundary = { call: 'PutUserPermissionsBoundary', user, policyArn: DENY } as const;
    expect(await writer().perform(boundary, signal)).toMatchObject({ is: 'done' });
    expect(aws.allows('bob', 's3:GetObject')).toBe(false);
  });

  it('is given up when the program stops', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    aws.faults.iam('AttachUserPolicy', 1, 'hang');
    const stop = new AbortController();
    aws.before('AttachUserPolicy', () => stop.abort());
    expect(await writer().perform(attach, stop.signal)).toMatchObject({ is: 'again' });
  });
});

describe('what is not there', () => {
  const key: Operation = { call: 'UpdateAccessKey', id: 'AKIAEXAMPLE11', ...off };

  it.each(WRITES.map(([operation]) => [operation.call, operation] as const))(
    'any more, the user, is gone: %s',
    async (_, operation) => {
      const { writer } = await iamAccount();
      expect(await writer().perform(operation, signal)).toEqual({
        is: 'gone',
        why: 'the user bob does not exist any more',
      });
    },
  );

  it('is done where that is what the write was for', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user({ name: 'bob' });
    aws.given.group({ name: 'admins' });
    aws.knobs.refuseNonMembers = true;
    for (const operation of [
      key,
      { call: 'DetachUserPolicy', user, policyArn: DENY },
      { call: 'DeleteUserPolicy', user, policyName: 'GroupwatchDenyAll' },
      { call: 'DeleteLoginProfile', user },
      { call: 'RemoveUserFromGroup', user, group: 'admins' },
    ] satisfies Operation[]) {
      expect(await writer().perform(operation, signal), operation.call).toEqual({ is: 'done' });
    }
  });

  it('is gone where it was to come back', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user({ name: 'bob' });
    const on: Operation = { ...key, status: 'Active' };
    expect(await writer().perform(on, signal)).toMatchObject({ is: 'gone' });
    expect(await writer().perform({ call: 'AddUserToGroup', user, group: 'admins' }, signal)).toMatchObject({
      is: 'gone',
    });
  });

  it('may be there after all: IAM says so of a member who is still one', async () => {
    const { aws, writer } = await iamAccount();
    aws.given.user(BOB);
    aws.faults.iam('RemoveUserFromGroup', 1, { code: 'NoSuchEntity', status: 404 });
    const remove: Operation = { call: 'RemoveUserFromGroup', user, group: 'admins' };
    expect(await writer().perform(remove, signal)).toMatchObject({ is: 'again' });
    expect(await writer().perform(remove, signal)).toMatchObject({ is: 'done' });
  });

  it('is tried again when it cannot be seen what', async () => {
    const { aws, writer } = await iamAccount();
    aws.faults.iam('GetUser', 1, { code: 'AccessDenied', status: 403 });
    expect(await writer().perform(key, signal)).toMatchObject({
      is: 'again',
      why: expect.stringMatching(/iam:GetUser/),
    });
  });
});

describe('what no plan may do, whoever wrote it, is never sent', () => {
  const allow = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const both = `{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"},${allow.slice(14, -2)}]}`;
  const put = { call: 'PutUserPolicy', user, policyName: 'GroupwatchDenyAll' } as const;
  const putRole = { call: 'PutRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions' } as const;

  it.each<Operation>([
    { call: 'AttachUserPolicy', user, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    { call: 'AttachUserPolicy', user, policyArn: 'arn:aws:iam::111122223333:policy/AWSDenyAll' },
    { call: 'DetachUserPolicy', user, policyArn: 'arn:aws:iam::111122223333:policy/Guardrail' },
    { ...put, document: allow },
    { ...put, document: both },
    { ...put, document: '{"Statement":[]}' },
    { ...put, document: '{}' },
    { ...put, document: 'null' },
    { ...put, document: 'not JSON' },
    { ...put, policyName: 'mine', document: DENY_ALL_DOCUMENT },
    { ...putRole, document: allow },
    { ...putRole, policyName: 'GroupwatchDenyAll', document: DENY_ALL_DOCUMENT },
    { call: 'DeleteUserPolicy', user, policyName: 'Guardrail' },
    { call: 'DeleteRolePolicy', role: 'Deploy', policyName: 'Guardrail' },
  ])('%o', async (operation) => {
    const { aws, writer } = await iamAccount();
    expect(await writer().perform(operation, signal)).toMatchObject({ is: 'failed' });
    expect(aws.calls).toEqual([]);
  });
});
