import { describe, expect, it } from 'vitest';
import {
  awsService,
  federated,
  iamUser,
  identityCenter,
  roleSession,
  root,
} from '../../../src/standins/aws/actors.ts';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const SSO = 'AWSReservedSSO_AdministratorAccess_example01';

describe('a record names who did it, in the account where it was done', () => {
  it.each([
    [
      'ana',
      iamUser('ana', { path: '/staff/' }),
      { type: 'IAMUser', arn: 'arn:aws:iam::444455556666:user/staff/ana' },
    ],
    ['ana', iamUser('ana', { mfa: true }), { sessionContext: { attributes: { mfaAuthenticated: 'true' } } }],
    ['root', root(), { type: 'Root', arn: 'arn:aws:iam::444455556666:root', principalId: '444455556666' }],
    [
      'ana@example.com',
      roleSession('Admin', 'ana@example.com', { sourceIdentity: 'ana' }),
      {
        arn: 'arn:aws:sts::444455556666:assumed-role/Admin/ana@example.com',
        sessionContext: {
          sourceIdentity: 'ana',
          sessionIssuer: { userName: 'Admin', accountId: '444455556666' },
        },
      },
    ],
    [
      'ana',
      roleSession(SSO, 'ana'),
      {
        sessionContext: {
          sessionIssuer: { arn: `arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/${SSO}` },
        },
      },
    ],
    ['ben', federated('ben'), { type: 'FederatedUser', arn: 'arn:aws:sts::444455556666:federated-user/ben' }],
    [
      undefined,
      identityCenter('user-example01'),
      { type: 'IdentityCenterUser', onBehalfOf: { userId: 'user-example01' } },
    ],
    [undefined, awsService('cloudformation.amazonaws.com'), { type: 'AWSService' }],
    [
      'ana',
      awsService('cloudformation.amazonaws.com', iamUser('ana')),
      {
        type: 'IAMUser',
        invokedBy: 'cloudformation.amazonaws.com',
      },
    ],
  ])('%s', async (username, by, identity) => {
    const aws = await account({ accountId: '444455556666' });
    aws.addUserToGroup({ user: 'cleo', group: 'admins', by });
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(page?.Events?.[0]?.Username).toBe(username);
    const record = recordIn(page?.Events?.[0]);
    expect(record).toMatchObject({
      userIdentity: identity,
      sourceIPAddress: by.sourceIp,
      userAgent: by.userAgent,
    });
    expect(JSON.stringify(record)).not.toContain('111122223333');
  });

  it('and says when its session began: half an hour before', async () => {
    const aws = await account();
    const at = new Date('2026-11-24T03:27:23.456Z');
    const { userIdentity, eventTime } = aws.addUserToGroup({ user: 'cleo', group: 'admins', by: root(), at });
    expect(eventTime).toBe('2026-11-24T03:27:23Z');
    expect(userIdentity.sessionContext?.attributes?.creationDate).toBe('2026-11-24T02:57:23Z');
  });

  it('with what the test lays over it', async () => {
    const aws = await account();
    const over = {
      sourceIp: '2001:db8::1',
      userAgent: 'Boto3/1.40',
      record: { addendum: { reason: 'DELIVERY_DELAY' } },
    };
    expect(aws.addUserToGroup({ user: 'cleo', group: 'admins', ...over })).toMatchObject({
      sourceIPAddress: '2001:db8::1',
      userAgent: 'Boto3/1.40',
      addendum: { reason: 'DELIVERY_DELAY' },
    });
  });
});
