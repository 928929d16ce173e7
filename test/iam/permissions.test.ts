import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/aws/calls.ts';
import { type Place, policyFor, trustPolicy } from '../../src/cli/iam-policies.ts';
import type { Operation } from '../../src/domain/response/action.ts';
import { planOf, wayAround } from '../../src/domain/response/plan.ts';
import { olderSessionsDocument } from '../../src/domain/response/policies.ts';
import type { Step } from '../../src/domain/response/request.ts';
import type { UserSnapshot } from '../../src/domain/response/snapshot.ts';
import { planOfUndo } from '../../src/domain/response/undo.ts';
import type { Performed } from '../../src/ports/iam.ts';
import { allApplied, aRequest, DENY, NOW } from '../support/responses.ts';
import { ACCOUNT, type Account, EXTERNAL_ID, iamAccount, signal } from './account.ts';

const ARN = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
const place: Place = {
  partition: 'aws',
  account: ACCOUNT,
  botRole: 'groupwatch/groupwatch',
  responderRole: 'groupwatch/groupwatch-responder',
  externalId: EXTERNAL_ID,
  protectedPrincipals: [ARN('user/break-glass/*')],
};
const BOB = {
  name: 'bob',
  groups: ['admins'],
  password: 'Example-1234',
  keys: ['AKIAEXAMPLE11', 'AKIAEXAMPLE12'],
  sshKeys: ['APKAEXAMPLE11'],
  certificates: ['CERTEXAMPLE11'],
  serviceCredentials: ['ACCAEXAMPLE11'],
};
const disable = { do: 'disable-user', user: 'bob', deletePassword: false } as const;

const inline = (grants: Grant[]) =>
  Object.fromEntries(grants.map((grant) => [grant, policyFor(grant, place)]));

/** An account that checks permissions, in which both roles have the printed policies and nothing else. */
async function guarded(responderHas: Grant[]): Promise<Account> {
  const account = await iamAccount();
  const { aws } = account;
  aws.given.role({
    name: 'groupwatch',
    path: '/groupwatch/',
    inline: inline(['poller', 'enricher', 'assume']),
  });
  aws.given.role({
    name: 'groupwatch-responder',
    path: '/groupwatch/',
    trust: trustPolicy(place),
    inline: inline(responderHas),
  });
  const { accessKeyId } = aws.assumeRole({ role: 'groupwatch' });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SESSION_TOKEN: 'example' });
  aws.knobs.enforcePermissions = true;
  return account;
}

async function userOf({ reader }: Account, name = 'bob'): Promise<UserSnapshot> {
  const user = await reader.user(name, signal);
  if (user === 'gone') throw new Error(`${name} is gone`);
  return user;
}

async function take({ writer }: Account, steps: readonly Step[]): Promise<Performed['is'][]> {
  const outcomes: Performed['is'][] = [];
  for (const { operation } of steps) outcomes.push((await writer().perform(operation, signal)).is);
  return outcomes;
}

const every = (is: Performed['is'], steps: readonly Step[]) => steps.map(() => is);

describe('the printed policies', () => {
  it('are enough to look and to contain', async () => {
    const account = await guarded(['responder']);
    account.aws.given.user(BOB);
    account.aws.given.role({ name: 'Deploy' });
    const before = await userOf(account);
    await account.reader.role('Deploy', signal);
    await account.reader.group('admins', signal);
    await account.reader.administrators(signal);
    const steps = planOf(disable, before, { partition: 'aws', now: NOW });
    const [deny] = steps;
    const boundary = deny && wayAround(deny, { user: before });
    const remove = planOf({ do: 'remove-from-group', user: 'bob', group: 'admins' }, before, {
      partition: 'aws',
      now: NOW,
    });
    const all = [...steps, ...(boundary ? [boundary] : []), ...remove];
    expect(await take(account, all)).toEqual(every('done', all));
    expect(account.aws.stateOf('bob')).toMatchObject({ attached: [DENY], boundary: DENY, groups: [] });
  });

  it('take nothing back without those for it, and then say which permission is missing', async () => {
    const account = await guarded(['responder']);
    account.aws.given.user(BOB);
    const before = await userOf(account);
    const steps = planOf(disable, before, { partition: 'aws', now: NOW });
    await take(account, steps);
    const request = aRequest({ steps: allApplied(steps), snapshot: { user: before } });
    const undo = planOfUndo(request, await userOf(account), { now: Date.now(), reactivate: false });
    for (const { operation } of undo) {
      expect(await account.writer().perform(operation, signal)).toMatchObject({
        is: 'not-allowed',
        permission: `iam:${operation.call}`,
      });
    }
    expect(account.aws.stateOf('bob').attached).toEqual([DENY]);
  });

  it('are enough to do everything and take it back, with those for it', async () => {
    const account = await guarded(['responder', 'responder-optional', 'responder-restore']);
    const { aws } = account;
    aws.given.user({ ...BOB, boundary: 'PowerUserAccess' });
    aws.given.role({ name: 'Deploy' });
    const was = aws.stateOf('bob');
    const before = await userOf(account);
    const [deny, ...credentials] = planOf(disable, before, { partition: 'aws', now: NOW });
    const boundary = deny && wayAround(deny, { user: before });
    const last = boundary && wayAround(boundary, { user: before });
    const steps = [deny, boundary, last, ...credentials].flatMap((step) => step ?? []);
    expect(await take(account, steps)).toEqual(every('done', steps));
    expect(aws.can({ key: 'AKIAEXAMPLE11' }, 's3:GetObject')).toBe(false);
    const request = aRequest({ steps: allApplied(steps), snapshot: { user: before } });
    const undo = planOfUndo(request, await userOf(account), { now: Date.now(), reactivate: true });
    expect(await take(account, undo)).toEqual(every('done', undo));
    expect(aws.stateOf('bob')).toEqual(was);

    const others: Operation[] = [
      { call: 'RemoveUserFromGroup', user: 'bob', group: 'admins' },
      { call: 'AddUserToGroup', user: 'bob', group: 'admins' },
      {
        call: 'PutRolePolicy',
        role: 'Deploy',
        policyName: 'AWSRevokeOlderSessions',
        document: olderSessionsDocument(NOW),
      },
      { call: 'DeleteRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions' },
      { call: 'DeleteLoginProfile', user: 'bob' },
    ];
    for (const operation of others)
      expect(await account.writer().perform(operation, signal), operation.call).toMatchObject({ is: 'done' });
  });

  it('let nobody have the responder role without the external id, nor by other credentials', async () => {
    const { aws } = await guarded(['responder']);
    const role = 'groupwatch-responder';
    const bot = aws.assumeRole({ role: 'groupwatch' }).accessKeyId;
    expect(() => aws.assumeRole({ role, by: { key: bot } })).toThrow(/not authorized/);
    expect(() => aws.assumeRole({ role, by: { key: bot }, externalId: 'other' })).toThrow(/not authorized/);
    expect(() => aws.assumeRole({ role, externalId: EXTERNAL_ID })).toThrow(/not authorized/);
    expect(aws.assumeRole({ role, by: { key: bot }, externalId: EXTERNAL_ID })).toMatchObject({
      of: { role },
    });
  });
});

describe('the responder role may not', () => {
  const ALL: Grant[] = ['responder', 'responder-optional', 'responder-restore'];
  const role = 'role/groupwatch/groupwatch-responder';
  const admin = { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const bounded = { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const deny = { 'iam:PolicyARN': DENY };
  const tagged = (tag: string, value: string) => ({ ...deny, [`aws:ResourceTag/${tag}`]: value });

  it.each([
    ['attach another policy', 'iam:AttachUserPolicy', 'user/bob', admin],
    ['detach another policy', 'iam:DetachUserPolicy', 'user/bob', admin],
    ['take off another boundary', 'iam:DeleteUserPermissionsBoundary', 'user/bob', bounded],
    ['attach to a role', 'iam:AttachRolePolicy', 'role/Deploy', deny],
    ['make keys', 'iam:CreateAccessKey', 'user/bob', {}],
    ['read', 'iam:GetUser', 'user/bob', {}],
    ['touch what has the tag', 'iam:AttachUserPolicy', 'user/bob', tagged('groupwatch-protected', 'true')],
    ['touch what has the other tag', 'iam:AttachUserPolicy', 'user/bob', tagged('protected', 'True')],
    ['touch whom it is told not to', 'iam:UpdateAccessKey', 'user/break-glass/ana', {}],
    ['touch itself', 'iam:PutRolePolicy', 'role/groupwatch/groupwatch-responder', {}],
    ["touch Groupwatch's own role", 'iam:PutRolePolicy', 'role/groupwatch/groupwatch', {}],
    ['touch service-linked roles', 'iam:PutRolePolicy', 'role/aws-service-role/x/AWSServiceRoleForX', {}],
    [
      "touch Identity Center's roles",
      'iam:PutRolePolicy',
      'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1',
      {},
    ],
  ])('%s', async (_, action, resource, context) => {
    const { aws } = await guarded(ALL);
    expect(aws.allows(ARN(role), action, ARN(resource), context)).toBe(false);
  });

  it('set another boundary, unless it may restore one', async () => {
    const ask = async (grants: Grant[]) => {
      const { aws } = await guarded(grants);
      return aws.allows(ARN(role), 'iam:PutUserPermissionsBoundary', ARN('user/bob'), bounded);
    };
    expect(await ask(['responder', 'responder-optional'])).toBe(false);
    expect(await ask(ALL)).toBe(true);
  });

  it('be taken for a list that forbids everything: the same calls on others are allowed', async () => {
    const { aws } = await guarded(ALL);
    expect(aws.allows(ARN(role), 'iam:AttachUserPolicy', ARN('user/bob'), deny)).toBe(true);
    const other = tagged('protected', 'false');
    expect(aws.allows(ARN(role), 'iam:AttachUserPolicy', ARN('user/bob'), other)).toBe(true);
    expect(aws.allows(ARN(role), 'iam:PutRolePolicy', ARN('role/Deploy'))).toBe(true);
  });
});
