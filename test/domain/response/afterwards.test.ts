import { describe, expect, it } from 'vitest';
import { drift, newcomers } from '../../../src/domain/response/afterwards.ts';
import { planOf, wayAround } from '../../../src/domain/response/plan.ts';
import { DENY_ALL_DOCUMENT, olderSessionsDocument } from '../../../src/domain/response/policies.ts';
import type { Step } from '../../../src/domain/response/request.ts';
import type { UserSnapshot } from '../../../src/domain/response/snapshot.ts';
import { ADMINS, allApplied, applied, aUser, credential, DENY, NOW } from '../../support/responses.ts';

const before = aUser();
const disable = { do: 'disable-user', user: 'bob', deletePassword: true } as const;
const steps = allApplied(planOf(disable, before, { partition: 'aws', now: NOW }));
const contained = steps.reduce((user, { operation }) => applied(operation, user), before);

describe('drift', () => {
  it('is nothing while all stands', () => {
    expect(drift({ steps }, contained)).toEqual([]);
  });

  it('is every step that was undone behind our back', () => {
    const ids = drift({ steps }, { ...before, accessKeys: contained.accessKeys }).map(({ id }) => id);
    expect(ids).toEqual([
      'deny',
      'service:ACCAEXAMPLE01',
      'ssh:APKAEXAMPLE01',
      'certificate:CERTEXAMPLE01',
      'password',
    ]);
  });

  it('is none where a credential was deleted or has expired: it is off', () => {
    const gone = { ...contained, accessKeys: [], sshKeys: [credential('APKAEXAMPLE01', 'Expired')] };
    expect(drift({ steps }, gone)).toEqual([]);
  });

  it('is also what was there before us, and it keeps its state', () => {
    const denied = aUser({ attachedPolicies: [DENY] });
    const [deny] = planOf(disable, denied, { partition: 'aws', now: NOW });
    expect(drift({ steps: deny ? [deny] : [] }, before)).toMatchObject([
      { id: 'deny', state: { is: 'preexisting' } },
    ]);
  });

  it('is none of what failed or was never taken', () => {
    const failed = steps.map((step): Step => ({ ...step, state: { is: 'failed', at: NOW, why: 'a test' } }));
    expect(drift({ steps: failed }, before)).toEqual([]);
    expect(drift({ steps: planOf(disable, before, { partition: 'aws', now: NOW }) }, before)).toEqual([]);
  });
});

describe('newcomers', () => {
  it('are none right after a containment', () => {
    expect(newcomers(before, contained, steps)).toEqual([]);
  });

  it('are none by the ways around a quota, or by an undo that guards against old sessions', () => {
    const [deny] = steps;
    const boundary = deny && wayAround(deny, { user: before });
    const inline = boundary && wayAround(boundary, { user: before });
    const now = aUser({
      boundary: DENY,
      inlinePolicies: {
        GroupwatchDenyAll: DENY_ALL_DOCUMENT,
        GroupwatchRevokeOlderSessions: olderSessionsDocument(NOW),
      },
    });
    expect(newcomers(before, now, boundary && inline ? [boundary, inline] : [])).toEqual([]);
  });

  const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const cases: [string, Partial<UserSnapshot>, { what: string; detail: string }][] = [
    [
      'a key',
      { accessKeys: [...contained.accessKeys, credential('AKIAEXAMPLE09')] },
      { what: 'AKIAEXAMPLE09', detail: 'new access key, active' },
    ],
    [
      'a service-specific credential',
      { serviceCredentials: [{ ...credential('ACCAEXAMPLE09'), service: 'bedrock.amazonaws.com' }] },
      { what: 'ACCAEXAMPLE09', detail: 'new service-specific credential for bedrock.amazonaws.com, active' },
    ],
    [
      'an SSH key',
      { sshKeys: [credential('APKAEXAMPLE09')] },
      { what: 'APKAEXAMPLE09', detail: 'new SSH key, active' },
    ],
    [
      'a certificate',
      { certificates: [credential('CERTEXAMPLE09', 'Inactive')] },
      { what: 'CERTEXAMPLE09', detail: 'new signing certificate, inactive' },
    ],
    ['an MFA device', { mfaDevices: ['GAHT12345678'] }, { what: 'GAHT12345678', detail: 'new MFA device' }],
    [
      'a password',
      { password: { createdAt: NOW, resetRequired: false } },
      { what: 'bob', detail: 'new console password' },
    ],
    [
      'a group',
      { groups: [ADMINS, { ...ADMINS, name: 'ops', id: 'AGPAEXAMPLE02' }] },
      { what: 'ops', detail: 'new member of this group' },
    ],
    [
      'another group of an old name',
      { groups: [{ ...ADMINS, id: 'AGPAEXAMPLE02' }] },
      { what: 'admins', detail: 'new member of this group' },
    ],
    [
      'a policy',
      { attachedPolicies: [DENY, 'arn:aws:iam::aws:policy/AdministratorAccess'] },
      { what: 'arn:aws:iam::aws:policy/AdministratorAccess', detail: 'newly attached policy' },
    ],
    [
      'an inline policy',
      { inlinePolicies: { mine: document } },
      { what: 'mine', detail: 'new inline policy' },
    ],
    [
      'an inline policy under our name that is not ours',
      { inlinePolicies: { GroupwatchRevokeOlderSessions: document } },
      { what: 'GroupwatchRevokeOlderSessions', detail: 'new inline policy' },
    ],
    [
      'another boundary',
      { boundary: 'arn:aws:iam::111122223333:policy/Wide' },
      { what: 'arn:aws:iam::111122223333:policy/Wide', detail: 'other permissions boundary' },
    ],
  ];
  it.each(cases)('are told: %s', (_, change, expected) => {
    expect(newcomers(before, { ...contained, ...change }, steps)).toEqual([expected]);
  });

  it('are told: a boundary that went, an inline policy that changed, a password that was made anew', () => {
    const was = aUser({ boundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess', inlinePolicies: { mine: '{}' } });
    const now = aUser({
      inlinePolicies: { mine: document },
      password: { createdAt: NOW, resetRequired: false },
    });
    expect(newcomers(was, now, [])).toEqual([
      { what: 'bob', detail: 'new console password' },
      { what: 'mine', detail: 'inline policy with another content' },
      { what: 'arn:aws:iam::aws:policy/ReadOnlyAccess', detail: 'permissions boundary removed' },
    ]);
  });
});
