import {
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from '@aws-sdk/client-iam';
import { isNoSuchEntity } from '../aws/failure.ts';
import type { Credential, UserSnapshot } from '../domain/response/snapshot.ts';
import { everyPage } from './pages.ts';

type Credentials = Pick<UserSnapshot, 'accessKeys' | 'serviceCredentials' | 'sshKeys' | 'certificates'>;

/** Every credential of a user that can be set to inactive. */
export async function readCredentials(
  iam: IAMClient,
  user: string,
  signal: AbortSignal,
): Promise<Credentials> {
  const options = { abortSignal: signal };
  const of = (Marker: string | undefined) => ({ UserName: user, Marker });
  const [keys, serviceCredentials, sshKeys, certificates] = await Promise.all([
    everyPage(
      (marker) => iam.send(new ListAccessKeysCommand(of(marker)), options),
      (page) =>
        page.AccessKeyMetadata?.map((one) => credentialOf(one.AccessKeyId, one.Status, one.CreateDate)),
    ),
    everyPage(
      (marker) => iam.send(new ListServiceSpecificCredentialsCommand(of(marker)), options),
      (page) =>
        page.ServiceSpecificCredentials?.map((one) => ({
          ...credentialOf(one.ServiceSpecificCredentialId, one.Status, one.CreateDate),
          service: one.ServiceName,
        })),
    ),
    everyPage(
      (marker) => iam.send(new ListSSHPublicKeysCommand(of(marker)), options),
      (page) =>
        page.SSHPublicKeys?.map((one) => credentialOf(one.SSHPublicKeyId, one.Status, one.UploadDate)),
    ),
    everyPage(
      (marker) => iam.send(new ListSigningCertificatesCommand(of(marker)), options),
      (page) => page.Certificates?.map((one) => credentialOf(one.CertificateId, one.Status, one.UploadDate)),
    ),
  ]);
  const accessKeys = await Promise.all(keys.map((key) => withLastUse(iam, key, signal)));
  return { accessKeys, serviceCredentials, sshKeys, certificates };
}

function credentialOf(
  id: string | undefined,
  status: Credential['status'] | undefined,
  created: Date | undefined,
): Credential {
  if (!id || !status) throw new Error('IAM tells of a credential without its id or status');
  return { id, status, createdAt: created?.getTime() };
}

/** A key that was never used has no date, and `N/A` for the rest. */
async function withLastUse(iam: IAMClient, key: Credential, signal: AbortSignal): Promise<Credential> {
  try {
    const { AccessKeyLastUsed: use } = await iam.send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: key.id }),
      {
        abortSignal: signal,
      },
    );
    if (!use?.LastUsedDate) return key;
    const { LastUsedDate, ServiceName = '', Region = '' } = use;
    return { ...key, lastUsed: { at: LastUsedDate.getTime(), service: ServiceName, region: Region } };
  } catch (error) {
    if (isNoSuchEntity(error)) return key; // deleted since the list was read
    throw error;
  }
}
