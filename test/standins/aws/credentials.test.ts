import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  UpdateAccessKeyCommand,
  UpdateLoginProfileCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, sdk } from './sdk.ts';

const UserName = 'ana';
const full = (quota: RegExp) => ({ name: 'LimitExceededException', message: expect.stringMatching(quota) });
const none = { name: 'NoSuchEntityException' };

async function withUser(options = {}) {
  const aws = await account(options);
  aws.given.user({ name: UserName });
  return { aws, iam: sdk(aws).iam };
}

describe('access keys', () => {
  it('two a user, switched off and on, and gone', async () => {
    const { aws, iam } = await withUser();
    const create = new CreateAccessKeyCommand({ UserName });
    const { AccessKey } = await iam.send(create);
    expect(AccessKey).toMatchObject({ UserName, Status: 'Active', SecretAccessKey: expect.any(String) });
    await iam.send(create);
    await expect(iam.send(create)).rejects.toMatchObject(full(/AccessKeysPerUser: 2/));
    const AccessKeyId = AccessKey?.AccessKeyId ?? '';
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    expect(AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Inactive', 'Active']);
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await expect(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))).rejects.toMatchObject({
      ...none,
      message: `The Access Key with id ${AccessKeyId} cannot be found.`,
    });
    expect(Object.keys(aws.stateOf(UserName).credentials)).toHaveLength(1);
  });

  it('call as their user until they are switched off or deleted', async () => {
    const { aws, iam } = await withUser();
    aws.given.user({ name: 'ben', keys: ['AKIAEXAMPLE07', 'AKIAEXAMPLE08'] });
    const credentials = { accessKeyId: 'AKIAEXAMPLE07', secretAccessKey: 'example-secret' };
    const asBen = sdk(aws, { credentials }).iam;
    const { User } = await asBen.send(new GetUserCommand({}));
    expect(User?.UserName).toBe('ben');
    await asBen.send(new UpdateAccessKeyCommand({ AccessKeyId: 'AKIAEXAMPLE08', Status: 'Inactive' }));
    const used = new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAEXAMPLE07' });
    expect(await iam.send(used)).toMatchObject({
      UserName: 'ben',
      AccessKeyLastUsed: { ServiceName: 'iam', Region: 'us-east-1', LastUsedDate: expect.any(Date) },
    });
    const unused = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAEXAMPLE08' }));
    expect(unused.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    const off = { UserName: 'ben', AccessKeyId: 'AKIAEXAMPLE07', Status: 'Inactive' as const };
    await iam.send(new UpdateAccessKeyCommand(off));
    const refused = { Code: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } };
    await expect(asBen.send(new GetUserCommand({}))).rejects.toMatchObject(refused);
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ben', AccessKeyId: 'AKIAEXAMPLE07' }));
    await expect(asBen.send(new GetUserCommand({}))).rejects.toMatchObject(refused);
  });
});

describe('the other credentials', () => {
  it('SSH keys: five', async () => {
    const { iam } = await withUser();
    const upload = new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: 'ssh-rsa AAAA' });
    const { SSHPublicKey } = await iam.send(upload);
    expect(SSHPublicKey).toMatchObject({
      Status: 'Active',
      Fingerprint: expect.stringMatching(/^(\w\w:){15}\w\w$/),
    });
    for (let n = 0; n < 4; n++) await iam.send(upload);
    await expect(iam.send(upload)).rejects.toMatchObject(full(/SSHPublicKeysPerUser: 5/));
    const SSHPublicKeyId = SSHPublicKey?.SSHPublicKeyId;
    await iam.send(new UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status: 'Inactive' }));
    const { SSHPublicKeys } = await iam.send(new ListSSHPublicKeysCommand({ UserName }));
    expect(SSHPublicKeys?.[0]).toMatchObject({ SSHPublicKeyId, Status: 'Inactive' });
  });

  it('signing certificates: two', async () => {
    const { iam } = await withUser();
    const upload = new UploadSigningCertificateCommand({ UserName, CertificateBody: 'example' });
    const { Certificate } = await iam.send(upload);
    await iam.send(upload);
    await expect(iam.send(upload)).rejects.toMatchObject(full(/SigningCertificatesPerUser: 2/));
    const CertificateId = Certificate?.CertificateId;
    await iam.send(new UpdateSigningCertificateCommand({ UserName, CertificateId, Status: 'Inactive' }));
    const { Certificates } = await iam.send(new ListSigningCertificatesCommand({ UserName }));
    expect(Certificates?.map(({ Status }) => Status)).toEqual(['Inactive', 'Active']);
  });

  it('service-specific ones: two a service, and expired ones stay so', async () => {
    const began = Date.UTC(2026, 10, 24);
    let now = began;
    const { iam } = await withUser({ clock: () => now });
    const create = (ServiceName: string, CredentialAgeDays?: number) =>
      iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName, CredentialAgeDays }));
    await create('codecommit.amazonaws.com');
    await create('codecommit.amazonaws.com');
    await expect(create('codecommit.amazonaws.com')).rejects.toMatchObject(full(/ServiceSpecific/));
    const { ServiceSpecificCredential } = await create('bedrock.amazonaws.com', 1);
    const ServiceSpecificCredentialId = ServiceSpecificCredential?.ServiceSpecificCredentialId;
    const turn = (Status: 'Active' | 'Inactive') =>
      iam.send(new UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status }));
    await turn('Inactive');
    await turn('Active');
    now = began + 25 * 3600_000;
    const list = new ListServiceSpecificCredentialsCommand({
      UserName,
      ServiceName: 'bedrock.amazonaws.com',
    });
    const { ServiceSpecificCredentials } = await iam.send(list);
    expect(ServiceSpecificCredentials?.map(({ Status }) => Status)).toEqual(['Expired']);
    await expect(turn('Active')).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });

  it('a password, that policy allows', async () => {
    const { aws, iam } = await withUser();
    const read = new GetLoginProfileCommand({ UserName });
    await expect(iam.send(read)).rejects.toMatchObject(none);
    const create = (Password: string) =>
      iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true }));
    await expect(create('simple')).rejects.toMatchObject({ name: 'PasswordPolicyViolationException' });
    await create('Simple-Example-1');
    await expect(create('Simple-Example-1')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    expect(await iam.send(read)).toMatchObject({ LoginProfile: { UserName, PasswordResetRequired: true } });
    const before = aws.stateOf(UserName).password;
    await iam.send(new UpdateLoginProfileCommand({ UserName, Password: 'Other-Example-1' }));
    expect(aws.can({ signIn: UserName, password: 'Simple-Example-1' }, 'sts:GetCallerIdentity')).toBe(false);
    expect(aws.can({ signIn: UserName, password: 'Other-Example-1' }, 'sts:GetCallerIdentity')).toBe(true);
    const digest = expect.not.stringMatching(before?.digest ?? '');
    expect(aws.stateOf(UserName).password).toEqual({ ...before, digest });
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    await expect(iam.send(read)).rejects.toMatchObject(none);
  });

  it('MFA devices, one of a serial number', async () => {
    const { aws, iam } = await withUser();
    aws.given.user({ name: 'ben', mfa: ['arn:aws:iam::111122223333:u2f/user/ben/key-1'] });
    const enable = (name: string, SerialNumber: string, second = '654321') =>
      iam.send(
        new EnableMFADeviceCommand({
          UserName: name,
          SerialNumber,
          AuthenticationCode1: '123456',
          AuthenticationCode2: second,
        }),
      );
    const SerialNumber = 'arn:aws:iam::111122223333:mfa/ana';
    await expect(enable(UserName, SerialNumber, '123456')).rejects.toMatchObject({
      name: 'InvalidAuthenticationCodeException',
    });
    await enable(UserName, SerialNumber);
    await expect(enable('ben', SerialNumber)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName }));
    expect(MFADevices).toMatchObject([{ UserName, SerialNumber }]);
    const off = new DeactivateMFADeviceCommand({ UserName, SerialNumber });
    await iam.send(off);
    await expect(iam.send(off)).rejects.toMatchObject(none);
  });
});
