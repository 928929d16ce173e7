import type { Operation, ResponseAction } from '../../src/domain/response/action.ts';
import {
  DENY_ALL_DOCUMENT,
  denyAllArn,
  INLINE,
  olderSessionsDocument,
} from '../../src/domain/response/policies.ts';
import type { Preview, ResponseRequest, Step, StepState } from '../../src/domain/response/request.ts';

export const AT = Date.UTC(2026, 10, 24, 5);
const HOUR = 3_600_000;

/** A request that waits for approval, with what a test wants different. */
export function responseWith(different: Partial<ResponseRequest> = {}): ResponseRequest {
  return {
    id: 'RS-00C0FFEE00',
    version: 1,
    alertId: 'GW-TESTTESTTEST',
    account: '111122223333',
    partition: 'aws',
    action: { do: 'disable-user', user: 'bob', deletePassword: false },
    reason: 'Key seen in a public repository',
    by: 'U0ANA',
    at: AT,
    pinned: { userId: 'AIDAEXAMPLE01' },
    mode: 'execute',
    preview: { is: 'waiting' },
    state: { is: 'pending', expiresAt: AT + HOUR },
    steps: [],
    checks: { made: 0 },
    findings: [],
    ...different,
  };
}

const step = (id: string, operation: Operation, more: Partial<Step> = {}): Step => ({
  id,
  operation,
  state: { is: 'planned' },
  ...more,
});

/** Every step of a containment, each in the state that `states` gives it, else planned. */
export function stepsOf(user: string, states: Record<string, StepState> = {}): Step[] {
  const off = { user, status: 'Inactive' } as const;
  const policyArn = 'arn:aws:iam::aws:policy/AWSDenyAll';
  return [
    step('deny', { call: 'AttachUserPolicy', user, policyArn }),
    step('key:AKIAEXAMPLE01', { call: 'UpdateAccessKey', id: 'AKIAEXAMPLE01', ...off }),
    step('key:AKIAEXAMPLE02', { call: 'UpdateAccessKey', id: 'AKIAEXAMPLE02', ...off }),
    step('service:ACCAEXAMPLE01', { call: 'UpdateServiceSpecificCredential', id: 'ACCAEXAMPLE01', ...off }),
    step('ssh:APKAEXAMPLE01', { call: 'UpdateSSHPublicKey', id: 'APKAEXAMPLE01', ...off }),
    step('certificate:C1', { call: 'UpdateSigningCertificate', id: 'C1', ...off }),
    step(
      'password',
      { call: 'DeleteLoginProfile', user },
      { irreversible: 'The password is gone for good.' },
    ),
  ].map((one) => ({ ...one, state: states[one.id] ?? one.state }));
}

/** One of every write there is, as the steps of a request. */
export function everyStep(user: string, role: string): Step[] {
  const group = 'admins';
  const policyArn = denyAllArn('aws');
  const policyName = INLINE.denyAll;
  const roles = { role, policyName: INLINE.roleSessions };
  const operations: Operation[] = [
    { call: 'DetachUserPolicy', user, policyArn },
    { call: 'PutUserPermissionsBoundary', user, policyArn: 'arn:aws:iam::111122223333:policy/edge' },
    { call: 'DeleteUserPermissionsBoundary', user },
    { call: 'PutUserPolicy', user, policyName, document: DENY_ALL_DOCUMENT },
    { call: 'PutUserPolicy', user, policyName, document: '{}' },
    { call: 'DeleteUserPolicy', user, policyName },
    { call: 'UpdateAccessKey', user, id: 'AKIAEXAMPLE01', status: 'Active' },
    { call: 'RemoveUserFromGroup', user, group },
    { call: 'AddUserToGroup', user, group },
    { call: 'PutRolePolicy', ...roles, document: olderSessionsDocument(AT) },
    { call: 'DeleteRolePolicy', ...roles },
  ];
  return [...stepsOf(user), ...operations.map((operation, n) => step(`step-${n}`, operation))];
}

export function knownPreview(
  user: string,
  different: Partial<Extract<Preview, { is: 'known' }>> = {},
): Preview {
  return {
    is: 'known',
    at: AT,
    steps: stepsOf(user, { 'key:AKIAEXAMPLE02': { is: 'preexisting', at: AT } }),
    inUse: ['access key AKIAEXAMPLE01: s3 in us-east-1, 3 min ago', 'password: signed in 2 h ago'],
    lost: ['The password of bob is gone for good.'],
    owners: {},
    ...different,
  };
}

const approval = { by: 'U0BEN', at: AT + 60_000 };
const applied = (n: number): StepState => ({ is: 'applied', at: AT + n * 1_000, requestId: `r-${n}` });
const allApplied = {
  deny: { is: 'applied', at: AT, reapplied: 1 },
  'key:AKIAEXAMPLE01': applied(1),
  'key:AKIAEXAMPLE02': { is: 'preexisting', at: AT },
  'service:ACCAEXAMPLE01': applied(2),
  'ssh:APKAEXAMPLE01': applied(3),
  'certificate:C1': applied(4),
  password: applied(5),
} satisfies Record<string, StepState>;
const byHand: StepState = { is: 'by-hand', at: AT + 90_000, by: 'U0CLEO' };

const undo: ResponseAction = { do: 'undo', of: 'RS-00C0FFEE00', reactivate: false };

/** A request in every state that it can be in, by a name for it. */
export const RESPONSES: Record<string, ResponseRequest> = {
  waiting: responseWith(),
  pending: responseWith({ preview: knownPreview('bob') }),
  'pending-in-request-mode': responseWith({ mode: 'request', preview: knownPreview('bob') }),
  'pending-with-objection': responseWith({
    preview: knownPreview('bob', { objection: 'it is the last administrator of the account' }),
  }),
  unreadable: responseWith({ preview: { is: 'unreadable', at: AT, why: 'AccessDenied on iam:GetUser' } }),
  'pending-removal': responseWith({
    action: { do: 'remove-from-group', user: 'bob', group: 'admins' },
    preview: {
      ...knownPreview('bob', { inUse: [], lost: [] }),
      ...{ steps: [step('group:admins', { call: 'RemoveUserFromGroup', user: 'bob', group: 'admins' })] },
    },
  }),
  'pending-revocation': responseWith({
    action: { do: 'revoke-sessions', role: 'Admin' },
    pinned: undefined,
  }),
  'pending-undo': responseWith({ id: 'RS-00C0FFEE01', action: { ...undo, reactivate: true } }),
  denied: responseWith({ state: { is: 'denied', by: 'U0BEN', at: AT, reason: 'It is the load test' } }),
  withdrawn: responseWith({ state: { is: 'withdrawn', by: 'U0ANA', at: AT } }),
  expired: responseWith({ state: { is: 'expired', at: AT + HOUR } }),
  approved: responseWith({ approval, state: { is: 'approved', at: AT }, preview: knownPreview('bob') }),
  'approved-in-request-mode': responseWith({
    mode: 'request',
    approval,
    state: { is: 'approved', at: AT },
    steps: stepsOf('bob', { deny: byHand, 'key:AKIAEXAMPLE02': { is: 'preexisting', at: AT } }),
  }),
  running: responseWith({
    approval,
    state: { is: 'running', at: AT },
    steps: stepsOf('bob', {
      deny: { is: 'unavailable', at: AT, why: 'LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10' },
      'key:AKIAEXAMPLE01': applied(1),
      'key:AKIAEXAMPLE02': { is: 'applying', at: AT },
    }),
  }),
  refused: responseWith({ approval, state: { is: 'refused', at: AT, why: 'bob is another user now' } }),
  stopped: responseWith({
    approval,
    state: { is: 'stopped', at: AT, why: 'AccessDenied' },
    steps: stepsOf('bob', {
      deny: applied(0),
      'key:AKIAEXAMPLE01': { is: 'failed', at: AT, why: 'not authorized', permission: 'iam:UpdateAccessKey' },
      'key:AKIAEXAMPLE02': { is: 'conflict', at: AT, why: 'the key is gone' },
      'ssh:APKAEXAMPLE01': { is: 'applying', at: AT },
    }),
  }),
  done: responseWith({ approval, state: { is: 'done', at: AT }, steps: stepsOf('bob', allApplied) }),
  'done-by-hand': responseWith({
    mode: 'request',
    approval,
    state: { is: 'done', at: AT },
    steps: stepsOf('bob', Object.fromEntries(Object.keys(allApplied).map((id) => [id, byHand]))),
  }),
  'done-and-checked': responseWith({
    approval,
    state: { is: 'done', at: AT },
    steps: stepsOf('bob', allApplied),
    checks: { made: 2, lastAt: AT + 30_000 },
    findings: [
      { at: AT + 5_000, is: 'reapplied', what: 'AttachUserPolicy', detail: '1' },
      { at: AT + 5_000, is: 'drifted', what: 'UpdateAccessKey AKIAEXAMPLE01' },
      { at: AT + 30_000, is: 'new', what: 'access key AKIAEXAMPLE03' },
      { at: AT + 30_000, is: 'session', what: 'arn:aws:sts::111122223333:assumed-role/Admin/bob' },
      { at: AT + 30_000, is: 'unreadable', what: 'AccessDenied on iam:GetUser' },
    ],
  }),
  undoing: responseWith({
    approval,
    state: { is: 'undoing', at: AT, by: 'RS-00C0FFEE01' },
    steps: stepsOf('bob', allApplied),
  }),
  undone: responseWith({
    approval,
    state: { is: 'undone', at: AT, by: 'RS-00C0FFEE01' },
    steps: stepsOf('bob', { ...allApplied, deny: { is: 'undone', at: AT, by: 'RS-00C0FFEE01' } }),
  }),
  'done-undo': responseWith({
    id: 'RS-00C0FFEE01',
    action: undo,
    approval,
    state: { is: 'done', at: AT },
    steps: [
      step(
        'sessions',
        {
          call: 'PutUserPolicy',
          user: 'bob',
          policyName: INLINE.olderSessions,
          document: olderSessionsDocument(AT),
        },
        { state: applied(1) },
      ),
      step(
        'undo:deny',
        { call: 'DetachUserPolicy', user: 'bob', policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
        { state: applied(2), undoes: 'deny' },
      ),
      step(
        'undo:key',
        { call: 'UpdateAccessKey', user: 'bob', id: 'AKIAEXAMPLE01', status: 'Active' },
        { state: { is: 'conflict', at: AT, why: 'somebody has activated it' } },
      ),
      step(
        'sessions:end',
        { call: 'DeleteUserPolicy', user: 'bob', policyName: INLINE.olderSessions },
        { notBefore: AT + 36 * HOUR },
      ),
    ],
  }),
};
