import {
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from '@aws-sdk/client-iam';
import type {
  AccessKey,
  CredentialStatus,
  Fact,
  ServiceCredential,
  UploadedCredential,
} from '../../domain/facts.ts';
import type { Instant } from '../../domain/time.ts';
import { listings } from './listing.ts';
import { given } from './pages.ts';
import type { Counted, MakeReading, Reading } from './reading.ts';

interface ListedKey {
  id: string;
  status: CredentialStatus;
  createdAt: Instant;
}

/** How the credentials of a user are read, beside its password. */
export interface CredentialReadings {
  keys: Reading<ListedKey[]>;
  lastUse: Reading<{ at: Instant; service: string; region: string } | null>;
  sshKeys: Reading<UploadedCredential[]>;
  certificates: Reading<UploadedCredential[]>;
  services: Reading<ServiceCredential[]>;
}

/** Five kinds of reading, on one client. */
export function credentialReadings(client: IAMClient, reading: MakeReading): CredentialReadings {
  const list = listings(reading);
  return {
    keys: list(
      'iam:ListAccessKeys',
      (UserName, Marker, options) => client.send(new ListAccessKeysCommand({ UserName, Marker }), options),
      ({ AccessKeyMetadata }) =>
        AccessKeyMetadata?.map((key) => ({
          id: given(key.AccessKeyId, 'AccessKeyId'),
          status: given(key.Status, 'Status'),
          createdAt: given(key.CreateDate, 'CreateDate').getTime(),
        })),
    ),
    lastUse: reading({
      permission: 'iam:GetAccessKeyLastUsed',
      load: async ([AccessKeyId], send) => {
        const command = new GetAccessKeyLastUsedCommand({ AccessKeyId });
        const { AccessKeyLastUsed: use } = await send((options) => client.send(command, options));
        // A key that was never used has no date, and N/A for service and Region.
        if (!use?.LastUsedDate) return null;
        return {
          at: use.LastUsedDate.getTime(),
          service: use.ServiceName ?? 'N/A',
          region: use.Region ?? 'N/A',
        };
      },
    }),
    sshKeys: list(
      'iam:ListSSHPublicKeys',
      (UserName, Marker, options) => client.send(new ListSSHPublicKeysCommand({ UserName, Marker }), options),
      ({ SSHPublicKeys }) =>
        SSHPublicKeys?.map(({ SSHPublicKeyId, Status, UploadDate }) =>
          uploaded(SSHPublicKeyId, Status, UploadDate),
        ),
    ),
    certificates: list(
      'iam:ListSigningCertificates',
      (UserName, Marker, options) =>
        client.send(new ListSigningCertificatesCommand({ UserName, Marker }), options),
      ({ Certificates }) =>
        Certificates?.map(({ CertificateId, Status, UploadDate }) =>
          uploaded(CertificateId, Status, UploadDate),
        ),
    ),
    services: list(
      'iam:ListServiceSpecificCredentials',
      (UserName, Marker, options) =>
        client.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker }), options),
      ({ ServiceSpecificCredentials }) =>
        ServiceSpecificCredentials?.map((one) => ({
          id: given(one.ServiceSpecificCredentialId, 'ServiceSpecificCredentialId'),
          service: given(one.ServiceName, 'ServiceName'),
          status: given(one.Status, 'Status'),
          createdAt: given(one.CreateDate, 'CreateDate').getTime(),
          expiresAt: one.ExpirationDate?.getTime(),
          name: one.ServiceUserName ?? one.ServiceCredentialAlias,
        })),
    ),
  };
}

function uploaded(
  id: string | undefined,
  status: string | undefined,
  at: Date | undefined,
): UploadedCredential {
  return { id: given(id, 'id'), status: given(status, 'Status'), uploadedAt: at?.getTime() };
}

/** A user's access keys, each with its last use. */
export async function accessKeys(
  user: string,
  { keys, lastUse }: CredentialReadings,
  asking: Counted,
): Promise<Fact<AccessKey[]>> {
  const listed = await keys([user], asking);
  if (listed.is !== 'known') return listed;
  const value = listed.value.map(async (key) => ({ ...key, lastUse: await lastUse([key.id], asking) }));
  return { ...listed, value: await Promise.all(value) };
}
