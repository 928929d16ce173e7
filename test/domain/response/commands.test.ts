import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/domain/response/action.ts';
import { commandOf } from '../../../src/domain/response/commands.ts';
import { DENY_ALL_DOCUMENT } from '../../../src/domain/response/policies.ts';
import { DENY } from '../../support/responses.ts';

const folder = mkdtempSync(join(tmpdir(), 'groupwatch-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

// An `aws` that tells what the shell gave it, each argument ended by a NUL, and each call by another one.
writeFileSync(join(folder, 'aws'), "#!/bin/sh\nfor one do printf '%s\\0' \"$one\"; done; printf '\\0'\n");
chmodSync(join(folder, 'aws'), 0o755);

/** What `aws` gets as arguments when a shell runs the commands, one list a command. */
function argumentsOf(commands: string[], shell = 'sh'): string[][] {
  const env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, LC_ALL: 'C.UTF-8' };
  const printed = execFileSync(shell, [], { cwd: folder, env, input: `${commands.join('\n')}\n` }).toString();
  return printed
    .split('\0\0')
    .slice(0, -1)
    .map((line) => line.split('\0'));
}

const user = 'bob';
const EVERY: [Operation, string][] = [
  [
    { call: 'AttachUserPolicy', user, policyArn: DENY },
    `attach-user-policy --user-name=bob --policy-arn=${DENY}`,
  ],
  [
    { call: 'DetachUserPolicy', user, policyArn: DENY },
    `detach-user-policy --user-name=bob --policy-arn=${DENY}`,
  ],
  [
    { call: 'PutUserPermissionsBoundary', user, policyArn: DENY },
    `put-user-permissions-boundary --user-name=bob --permissions-boundary=${DENY}`,
  ],
  [{ call: 'DeleteUserPermissionsBoundary', user }, 'delete-user-permissions-boundary --user-name=bob'],
  [
    { call: 'PutUserPolicy', user, policyName: 'GroupwatchDenyAll', document: DENY_ALL_DOCUMENT },
    `put-user-policy --user-name=bob --policy-name=GroupwatchDenyAll --policy-document='${DENY_ALL_DOCUMENT}'`,
  ],
  [
    { call: 'DeleteUserPolicy', user, policyName: 'GroupwatchDenyAll' },
    'delete-user-policy --user-name=bob --policy-name=GroupwatchDenyAll',
  ],
  [
    { call: 'UpdateAccessKey', user, id: 'AKIAEXAMPLE01', status: 'Inactive' },
    'update-access-key --user-name=bob --access-key-id=AKIAEXAMPLE01 --status=Inactive',
  ],
  [
    { call: 'UpdateServiceSpecificCredential', user, id: 'ACCAEXAMPLE01', status: 'Inactive' },
    'update-service-specific-credential --user-name=bob --service-specific-credential-id=ACCAEXAMPLE01 --status=Inactive',
  ],
  [
    { call: 'UpdateSSHPublicKey', user, id: 'APKAEXAMPLE01', status: 'Active' },
    'update-ssh-public-key --user-name=bob --ssh-public-key-id=APKAEXAMPLE01 --status=Active',
  ],
  [
    { call: 'UpdateSigningCertificate', user, id: 'CERTEXAMPLE01', status: 'Active' },
    'update-signing-certificate --user-name=bob --certificate-id=CERTEXAMPLE01 --status=Active',
  ],
  [{ call: 'DeleteLoginProfile', user }, 'delete-login-profile --user-name=bob'],
  [
    { call: 'RemoveUserFromGroup', user, group: 'admins' },
    'remove-user-from-group --user-name=bob --group-name=admins',
  ],
  [
    { call: 'AddUserToGroup', user, group: 'admins' },
    'add-user-to-group --user-name=bob --group-name=admins',
  ],
  [
    { call: 'PutRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions', document: '{}' },
    "put-role-policy --role-name=Deploy --policy-name=AWSRevokeOlderSessions --policy-document='{}'",
  ],
  [
    { call: 'DeleteRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions' },
    'delete-role-policy --role-name=Deploy --policy-name=AWSRevokeOlderSessions',
  ],
];

const HOSTILE = [
  '$(touch hit)',
  '`touch hit`',
  "'; touch hit; '",
  '"; touch hit; "',
  '--profile=root',
  '-h',
  '\\',
  "\\'",
  'two\nlines',
  'a&&b|c>d<e;f#g!h*i?j[k]{l,m}~n%o^p',
  '=ls',
  '~',
  '\u202eevil\u200b',
  "it's $HOME",
  ' ',
  '',
];

describe('the command of an operation', () => {
  it.each(EVERY)('%o', (operation, command) => {
    expect(commandOf(operation)).toBe(`aws iam ${command}`);
  });

  it.each(['sh', 'bash'])('survives hostile names in %s', (shell) => {
    const operations = HOSTILE.map(
      (name): Operation => ({ call: 'RemoveUserFromGroup', user: name, group: name }),
    );
    expect(argumentsOf(operations.map(commandOf), shell)).toEqual(
      HOSTILE.map((name) => ['iam', 'remove-user-from-group', `--user-name=${name}`, `--group-name=${name}`]),
    );
  });

  it('survives anything in a document', () => {
    const documents = fc.sample(fc.oneof(fc.json(), fc.string({ unit: 'grapheme' })), 200);
    const clean = documents.map((one) => one.replaceAll('\0', ''));
    const commands = clean.map((document) =>
      commandOf({ call: 'PutRolePolicy', role: 'Deploy', policyName: 'P', document }),
    );
    expect(argumentsOf(commands).map((all) => all.at(-1))).toEqual(
      clean.map((one) => `--policy-document=${one}`),
    );
  });
});
