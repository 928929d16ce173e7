import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  DeleteUserPermissionsBoundaryCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import type { AwsStandIn } from '../../../src/standins/aws/account.ts';
import { account, sdk } from './sdk.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const USERS = 'arn:aws:iam::111122223333:user/*';
const UserName = 'mallory';
const off = { UserName, Status: 'Inactive' as const };
const on = { UserName, Status: 'Active' as const };

/** What a responder needs: nothing but AWSDenyAll can be attached, and protected users are out of reach. */
const RESPONDER = [
  {
    Effect: 'Allow',
    Action: [
      'iam:UpdateAccessKey',
      'iam:UpdateSSHPublicKey',
      'iam:UpdateSigningCertificate',
      'iam:UpdateServiceSpecificCredential',
    ],
    Resource: USERS,
  },
  {
    Effect: 'Allow',
    Action: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
    Resource: USERS,
    Condition: { ArnEquals: { 'iam:PolicyARN': DENY_ALL } },
  },
  {
    Effect: 'Allow',
    Action: 'iam:PutUserPermissionsBoundary',
    Resource: USERS,
    Condition: { StringEquals: { 'iam:PermissionsBoundary': DENY_ALL } },
  },
  { Effect: 'Allow', Action: 'iam:RemoveUserFromGroup', Resource: 'arn:aws:iam::111122223333:group/*' },
  {
    Effect: 'Deny',
    Action: 'iam:*',
    Resource: ['arn:aws:iam::111122223333:user/break-glass/*'],
  },
  {
    Effect: 'Deny',
    Action: 'iam:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/protected': 'true' } },
  },
];
const RESTORER = {
  Effect: 'Allow',
  Action: ['iam:DeleteUserPermissionsBoundary', 'iam:AddUserToGroup'],
  Resource: '*',
};

async function scene(options: object = {}) {
  const aws = await account({ enforcePermissions: true, ...options });
  aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  aws.given.user({
    name: UserName,
    groups: ['admins'],
    keys: ['AKIAEXAMPLE07', { id: 'AKIAEXAMPLE08', status: 'Inactive' }],
    sshKeys: ['APKAEXAMPLE07'],
    certificates: ['CERTEXAMPLE07'],
    serviceCredentials: [{ id: 'ACCAEXAMPLE07', service: 'bedrock.amazonaws.com' }],
    password: 'Simple-Example-1',
  });
  aws.given.user({ name: 'boss', tags: { protected: 'true' }, keys: ['AKIAEXAMPLE09'] });
  aws.given.user({ name: 'last-resort', path: '/break-glass/' });
  const role = (name: string, Statement: object[]) => {
    aws.given.role({ name, inline: { own: { Version: '2012-10-17', Statement } } });
    const accessKeyId = aws.assumeRole({ role: name }).accessKeyId;
    return sdk(aws, { credentials: { accessKeyId, secretAccessKey: 'example', sessionToken: 'example' } })
      .iam;
  };
  const works = waysOf(aws, aws.openSession({ user: UserName }).accessKeyId);
  return {
    aws,
    works,
    responder: role('responder', RESPONDER),
    restorer: role('restorer', [...RESPONDER, RESTORER]),
  };
}

/** What the user can do in each way that there is. */
function waysOf(aws: AwsStandIn, session: string): () => boolean[] {
  return () => [
    aws.can({ key: 'AKIAEXAMPLE07' }, 'iam:CreateUser'),
    aws.can({ key: 'APKAEXAMPLE07' }, 'codecommit:GitPush'),
    aws.can({ key: 'CERTEXAMPLE07' }, 'ec2:RunInstances'),
    aws.can({ key: 'ACCAEXAMPLE07' }, 'bedrock:InvokeModel'),
    aws.can({ session }, 's3:GetObject'),
    aws.can({ signIn: UserName }, 's3:GetObject'),
  ];
}
const ALL = [true, true, true, true, true, true];
const NONE = [false, false, false, false, false, false];

type Step = (iam: IAMClient) => Promise<unknown>;
const group = { UserName, GroupName: 'admins' };
const CONTAIN: Step[] = [
  (iam) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL })),
  (iam) => iam.send(new UpdateAccessKeyCommand({ ...off, AccessKeyId: 'AKIAEXAMPLE07' })),
  (iam) =>
    iam.send(
      new UpdateServiceSpecificCredentialCommand({ ...off, ServiceSpecificCredentialId: 'ACCAEXAMPLE07' }),
    ),
  (iam) => iam.send(new UpdateSSHPublicKeyCommand({ ...off, SSHPublicKeyId: 'APKAEXAMPLE07' })),
  (iam) => iam.send(new UpdateSigningCertificateCommand({ ...off, CertificateId: 'CERTEXAMPLE07' })),
  (iam) => iam.send(new RemoveUserFromGroupCommand(group)),
];
const RESTORE: Step[] = [
  (iam) => iam.send(new AddUserToGroupCommand(group)),
  (iam) => iam.send(new UpdateSigningCertificateCommand({ ...on, CertificateId: 'CERTEXAMPLE07' })),
  (iam) => iam.send(new UpdateSSHPublicKeyCommand({ ...on, SSHPublicKeyId: 'APKAEXAMPLE07' })),
  (iam) =>
    iam.send(
      new UpdateServiceSpecificCredentialCommand({ ...on, ServiceSpecificCredentialId: 'ACCAEXAMPLE07' }),
    ),
  (iam) => iam.send(new UpdateAccessKeyCommand({ ...on, AccessKeyId: 'AKIAEXAMPLE07' })),
  (iam) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL })),
];

async function take(iam: IAMClient, steps: Step[]): Promise<void> {
  for (const step of steps) await step(iam);
}

describe('a containment by the least that it needs', () => {
  it('leaves the user nothing, and restores all', async () => {
    const { aws, works, responder, restorer } = await scene();
    const before = aws.stateOf(UserName);
    expect(works()).toEqual(ALL);
    await take(responder, CONTAIN);
    expect(works()).toEqual(NONE);
    await take(restorer, RESTORE);
    expect(works()).toEqual(ALL);
    expect(aws.stateOf(UserName)).toEqual(before);
  });

  it.each(CONTAIN.map((_, index) => index + 1))(
    'that ends after %i steps can be begun again',
    async (done) => {
      const { aws, works, responder } = await scene();
      await take(responder, CONTAIN.slice(0, done));
      await take(responder, CONTAIN);
      expect(works()).toEqual(NONE);
      expect(aws.stateOf(UserName)).toMatchObject({ attached: [DENY_ALL], groups: [] });
    },
  );

  it('works against who detaches the deny in between, once it is looked at again', async () => {
    const { aws, works, responder } = await scene({ consistencyMs: 60_000 });
    const mallory = aws.attacker(UserName, { checked: true });
    aws.after('AttachUserPolicy', () => mallory.detachDeny());
    await take(responder, CONTAIN);
    expect(aws.stateOf(UserName).attached).toEqual([]);
    const minted = mallory.mintServiceCredential();
    aws.knobs.consistencyMs = 0;
    await take(responder, CONTAIN);
    expect(aws.stateOf(UserName).attached).toEqual([DENY_ALL]);
    expect(works()).toEqual(NONE);
    expect(aws.can({ key: minted }, 'bedrock:InvokeModel')).toBe(false);
    expect(() => mallory.detachDeny()).toThrow('explicit deny');
  });

  it('falls back to the boundary when ten policies are attached', async () => {
    const { aws, works, responder, restorer } = await scene();
    for (let n = 0; n < 10; n++) {
      const { arn } = aws.given.policy({ name: `p${n}`, document: { Statement: [] } });
      aws.iam('AttachUserPolicy', { UserName, PolicyArn: arn });
    }
    await expect(take(responder, CONTAIN)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await responder.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: DENY_ALL }));
    expect(works()).toEqual(NONE);
    await restorer.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    expect(works()).toEqual(ALL);
  });

  it('reaches no protected user, and can do nothing else', async () => {
    const { aws, responder } = await scene();
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const denied = { Code: 'AccessDenied' };
    const tries: Step[] = [
      (iam) => iam.send(new AttachUserPolicyCommand({ UserName: 'boss', PolicyArn: DENY_ALL })),
      (iam) =>
        iam.send(new UpdateAccessKeyCommand({ ...off, UserName: 'boss', AccessKeyId: 'AKIAEXAMPLE09' })),
      (iam) => iam.send(new AttachUserPolicyCommand({ UserName: 'last-resort', PolicyArn: DENY_ALL })),
      (iam) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: admin })),
      (iam) => iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: admin })),
      (iam) => iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'x', PolicyDocument: '{}' })),
      (iam) => iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Other-Example-1' })),
      (iam) => iam.send(new AddUserToGroupCommand(group)),
    ];
    const before = [UserName, 'boss', 'last-resort'].map((name) => aws.stateOf(name));
    for (const attempt of tries) await expect(attempt(responder)).rejects.toMatchObject(denied);
    expect([UserName, 'boss', 'last-resort'].map((name) => aws.stateOf(name))).toEqual(before);
  });

  it('ends sessions from before for good, if their age is denied before the deny goes', async () => {
    let now = Date.UTC(2026, 10, 24);
    const { aws, works, responder, restorer } = await scene({ clock: () => now });
    await take(responder, CONTAIN);
    now += 60_000;
    const statement = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(now + 30_000).toISOString() } },
    };
    aws.iam('PutUserPolicy', {
      UserName,
      PolicyName: 'older-sessions',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    });
    await take(restorer, RESTORE);
    now += 60_000;
    expect(works()).toEqual([true, true, true, true, false, true]);
  });
});
