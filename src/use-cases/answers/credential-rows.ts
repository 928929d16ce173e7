import { utc } from '../../domain/answer.ts';
import type { AccessKey, UserFacts } from '../../domain/facts.ts';
import { spanInWords } from '../../domain/time.ts';
import type { Gaps } from './gaps.ts';

export const CREDENTIAL_COLUMNS = ['Credential', 'Id', 'State', 'Age', 'Last use (UTC)'];

/** Every credential of a user, a row each; what couldn't be read goes to the gaps. */
export function credentialRows(user: UserFacts, found: Gaps, now: number): string[][] {
  const { user: of } = user;
  const aged = (at: number | undefined): string => (at === undefined ? '-' : spanInWords(now - at));
  const password = found.of(user.password, `whether ${of} has a password`);
  const identity = found.of(user.identity, `the user ${of}`);
  return [
    ...(password
      ? [['password', '-', 'Active', aged(password.createdAt), utc(identity?.passwordLastUsed)]]
      : []),
    ...(found.of(user.accessKeys, `the access keys of ${of}`) ?? []).map((key) => [
      'access key',
      key.id,
      key.status,
      aged(key.createdAt),
      lastUse(key, found),
    ]),
    ...(found.of(user.sshKeys, `the SSH keys of ${of}`) ?? []).map(({ id, status, uploadedAt }) => [
      'SSH key',
      id,
      status,
      aged(uploadedAt),
      'not told by AWS',
    ]),
    ...(found.of(user.certificates, `the signing certificates of ${of}`) ?? []).map(
      ({ id, status, uploadedAt }) => [
        'signing certificate',
        id,
        status,
        aged(uploadedAt),
        'not told by AWS',
      ],
    ),
    ...(found.of(user.serviceCredentials, `the service-specific credentials of ${of}`) ?? []).map(
      ({ id, service, status, createdAt }) => [service, id, status, aged(createdAt), 'not told by AWS'],
    ),
    ...(found.of(user.mfa, `the MFA devices of ${of}`) ?? []).map(({ serial, kind, enabledAt }) => [
      `MFA device, ${kind}`,
      serial,
      'protects',
      aged(enabledAt),
      'not told by AWS',
    ]),
  ];
}

function lastUse({ id, lastUse: use }: AccessKey, found: Gaps): string {
  const value = found.of(use, `the last use of ${id}`);
  if (value === undefined) return 'not read';
  return value === null ? 'never' : `${utc(value.at)}, ${value.service} in ${value.region}`;
}
