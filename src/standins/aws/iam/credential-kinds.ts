import { createHash } from 'node:crypto';
import { type Input, invalid, optional, text } from '../wire/input.ts';
import type { Credential, CredentialKind, User } from './entities.ts';
import type { Ground, Shape } from './operation.ts';
import { QUOTA, roomFor } from './quotas.ts';
import { noSuchEntity } from './refusals.ts';
import { isoSeconds } from './shapes.ts';

/** What IAM knows of a kind of credential that can be switched off and on. */
export interface Switched {
  kind: CredentialKind;
  actions: { list: string; create: string; update: string; delete: string };
  idName: string;
  /** Of its ids. */
  prefix: string;
  /** In the answer of creation, and of the list. */
  member: string;
  listed: string;
  /** In IAM's message that there is none. */
  called: string;
  /** What creation needs besides the user; and whether the caller's own user stands in where none is named. */
  needs: readonly string[];
  ownByDefault: boolean;
  /** Refuses with LimitExceeded. */
  room(user: User, input: Input): void;
  make(ground: Ground): Credential;
  shape(user: User, credential: Credential, ground: Ground): Shape;
  /** Shown at creation only. */
  once(user: User, credential: Credential): Shape;
  /** Refuses with ValidationError. */
  wantedStatus(user: User, ground: Ground): Credential['status'];
}

const count = (user: User, kind: CredentialKind, service?: string): number =>
  user.credentials.filter((one) => one.kind === kind && one.service === service).length;

const accessKey: Switched = {
  ...named('accessKey', 'AccessKey', 'AccessKeyId', 'Access Key', 'AKIA'),
  listed: 'AccessKeyMetadata',
  needs: [],
  ownByDefault: true,
  room: (user) => roomFor(count(user, 'accessKey'), QUOTA.accessKeys, 'AccessKeysPerUser'),
  make: (ground) => made(accessKey, ground),
  shape: (user, key) => ({
    UserName: user.name,
    AccessKeyId: key.id,
    Status: key.status,
    CreateDate: isoSeconds(key.createdAt),
  }),
  once: () => ({ SecretAccessKey: 'example-secret' }),
};

const sshKey: Switched = {
  ...named('sshKey', 'SSHPublicKey', 'SSHPublicKeyId', 'Public Key', 'APKA'),
  needs: ['SSHPublicKeyBody'],
  ownByDefault: false,
  room: (user) => roomFor(count(user, 'sshKey'), QUOTA.sshKeys, 'SSHPublicKeysPerUser'),
  make: (ground) => ({ ...made(sshKey, ground), body: text(ground.input, 'SSHPublicKeyBody') }),
  shape: (user, key) => ({
    UserName: user.name,
    SSHPublicKeyId: key.id,
    Status: key.status,
    UploadDate: isoSeconds(key.createdAt),
  }),
  once: (_, { body = '' }) => ({ SSHPublicKeyBody: body, Fingerprint: fingerprintOf(body) }),
};

const certificate: Switched = {
  ...named('certificate', 'SigningCertificate', 'CertificateId', 'Certificate', 'CERT'),
  member: 'Certificate',
  listed: 'Certificates',
  needs: ['CertificateBody'],
  ownByDefault: true,
  room: (user) => roomFor(count(user, 'certificate'), QUOTA.certificates, 'SigningCertificatesPerUser'),
  make: (ground) => ({ ...made(certificate, ground), body: text(ground.input, 'CertificateBody') }),
  shape: (user, one) => ({
    UserName: user.name,
    CertificateId: one.id,
    CertificateBody: one.body,
    Status: one.status,
    UploadDate: isoSeconds(one.createdAt),
  }),
  once: () => ({}),
};

const serviceCredential: Switched = {
  ...named(
    'serviceCredential',
    'ServiceSpecificCredential',
    'ServiceSpecificCredentialId',
    'Credential',
    'ACCA',
  ),
  needs: ['ServiceName'],
  ownByDefault: false,
  room: (user, input) =>
    roomFor(
      count(user, 'serviceCredential', text(input, 'ServiceName')),
      QUOTA.serviceCredentials,
      'ServiceSpecificCredentialsPerUser',
    ),
  make(ground) {
    const days = optional(ground.input, 'CredentialAgeDays');
    return {
      ...made(serviceCredential, ground),
      service: text(ground.input, 'ServiceName'),
      expiresAt: days === undefined ? undefined : ground.at + Number(days) * 24 * 3600_000,
    };
  },
  shape: (user, one, { home, at }) => ({
    UserName: user.name,
    ServiceSpecificCredentialId: one.id,
    ServiceName: one.service,
    ServiceUserName: `${user.name}-at-${home.accountId}`,
    Status: hasExpired(one, at) ? 'Expired' : one.status,
    CreateDate: isoSeconds(one.createdAt),
    ExpirationDate: one.expiresAt === undefined ? undefined : isoSeconds(one.expiresAt),
  }),
  once: () => ({ ServicePassword: 'example-service-password' }),
};

/** The four kinds. */
export const SWITCHED: readonly Switched[] = [accessKey, sshKey, certificate, serviceCredential];

/** The user's credential that the call names. Refuses with NoSuchEntity. */
export function theCredential({ kind, idName, called }: Switched, user: User, { input }: Ground): Credential {
  const id = text(input, idName);
  const credential = user.credentials.find((one) => one.kind === kind && one.id === id);
  if (credential) return credential;
  throw noSuchEntity(`The ${called} with id ${id} cannot be found.`);
}

/** Only service-specific credentials that were made so expire, and don't come back. */
export function hasExpired({ expiresAt }: Credential, at: number): boolean {
  return expiresAt !== undefined && expiresAt <= at;
}

function named(kind: CredentialKind, noun: string, idName: string, called: string, prefix: string) {
  const make = kind === 'sshKey' || kind === 'certificate' ? 'Upload' : 'Create';
  const plural = `${noun}s`;
  const actions = {
    list: `List${plural}`,
    create: `${make}${noun}`,
    update: `Update${noun}`,
    delete: `Delete${noun}`,
  };
  const facts = { kind, actions, idName, called, prefix, member: noun, listed: plural };
  return {
    ...facts,
    wantedStatus(user: User, ground: Ground): Credential['status'] {
      const status = text(ground.input, 'Status');
      const id = text(ground.input, idName);
      const expired = user.credentials.some((one) => one.id === id && hasExpired(one, ground.at));
      if (expired || (status !== 'Active' && status !== 'Inactive'))
        throw invalid(`Value '${status}' at 'status' failed to satisfy constraint`);
      return status;
    },
  };
}

function made({ kind, prefix }: Switched, { ids, at }: Ground): Credential {
  return { kind, id: ids.numbered(prefix), status: 'Active', createdAt: at };
}

/** MD5, in pairs, as IAM shows it. */
function fingerprintOf(body: string): string {
  const hash = createHash('md5').update(body).digest('hex');
  return hash.replace(/..(?=.)/g, '$&:');
}
