import { z } from 'zod';
import type { Operation, ResponseAction } from '../domain/response/action.ts';
import type {
  Finding,
  Preview,
  RequestState,
  ResponseRequest,
  Step,
  StepState,
} from '../domain/response/request.ts';
import type { RoleSnapshot, UserSnapshot } from '../domain/response/snapshot.ts';
import { lower } from './alert-row.ts';

const instant = z.number();
const text = z.string();

const action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('disable-user'), user: text, deletePassword: z.boolean() }),
  z.object({ do: z.literal('remove-from-group'), user: text, group: text }),
  z.object({ do: z.literal('revoke-sessions'), role: text }),
  z.object({ do: z.literal('undo'), of: text, reactivate: z.boolean() }),
]) satisfies z.ZodType<ResponseAction>;

const credentialStatus = z.enum(['Active', 'Inactive']);
const credential = { user: text, id: text, status: credentialStatus };
const operation = z.discriminatedUnion('call', [
  z.object({ call: z.enum(['AttachUserPolicy', 'DetachUserPolicy']), user: text, policyArn: text }),
  z.object({ call: z.literal('PutUserPermissionsBoundary'), user: text, policyArn: text }),
  z.object({ call: z.enum(['DeleteUserPermissionsBoundary', 'DeleteLoginProfile']), user: text }),
  z.object({ call: z.literal('PutUserPolicy'), user: text, policyName: text, document: text }),
  z.object({ call: z.literal('DeleteUserPolicy'), user: text, policyName: text }),
  z.object({
    call: z.enum([
      'UpdateAccessKey',
      'UpdateServiceSpecificCredential',
      'UpdateSSHPublicKey',
      'UpdateSigningCertificate',
    ]),
    ...credential,
  }),
  z.object({ call: z.enum(['RemoveUserFromGroup', 'AddUserToGroup']), user: text, group: text }),
  z.object({ call: z.literal('PutRolePolicy'), role: text, policyName: text, document: text }),
  z.object({ call: z.literal('DeleteRolePolicy'), role: text, policyName: text }),
]) satisfies z.ZodType<Operation>;

const stepState = z.discriminatedUnion('is', [
  z.object({ is: z.literal('planned') }),
  z.object({ is: z.literal('applying'), at: instant, preexisting: z.boolean().optional() }),
  z.object({ is: z.literal('preexisting'), at: instant }),
  z.object({
    is: z.literal('applied'),
    at: instant,
    requestId: text.optional(),
    reapplied: z.number().optional(),
  }),
  z.object({ is: z.literal('by-hand'), at: instant, by: text }),
  z.object({ is: z.enum(['unavailable', 'conflict']), at: instant, why: text }),
  z.object({ is: z.literal('failed'), at: instant, why: text, permission: text.optional() }),
  z.object({ is: z.literal('undone'), at: instant, by: text }),
]) satisfies z.ZodType<StepState>;

const step = z.object({
  id: text,
  operation,
  undo: operation.optional(),
  irreversible: text.optional(),
  undoes: text.optional(),
  state: stepState,
  notBefore: instant.optional(),
  needs: text.optional(),
}) satisfies z.ZodType<Step>;

const requestState = z.discriminatedUnion('is', [
  z.object({ is: z.literal('pending'), expiresAt: instant }),
  z.object({ is: z.literal('denied'), by: text, at: instant, reason: text }),
  z.object({ is: z.literal('withdrawn'), by: text, at: instant }),
  z.object({ is: z.enum(['expired', 'approved', 'running', 'done']), at: instant }),
  z.object({ is: z.enum(['refused', 'stopped']), at: instant, why: text }),
  z.object({ is: z.enum(['undoing', 'undone']), at: instant, by: text }),
]) satisfies z.ZodType<RequestState>;

const credentials = z.array(
  z.object({
    id: text,
    status: z.enum(['Active', 'Inactive', 'Expired']),
    createdAt: instant.optional(),
    lastUsed: z.object({ at: instant, service: text, region: text }).optional(),
    service: text.optional(),
  }),
);

const userSnapshot = z.object({
  takenAt: instant,
  user: text,
  userId: text,
  arn: text,
  createdAt: instant,
  tags: z.record(text, text),
  boundary: text.optional(),
  attachedPolicies: z.array(text),
  inlinePolicies: z.record(text, text),
  groups: z.array(z.object({ name: text, id: text, createdAt: instant })),
  accessKeys: credentials,
  serviceCredentials: credentials,
  sshKeys: credentials,
  certificates: credentials,
  mfaDevices: z.array(text),
  password: z
    .object({ createdAt: instant, resetRequired: z.boolean(), lastUsedAt: instant.optional() })
    .optional(),
}) satisfies z.ZodType<UserSnapshot>;

const roleSnapshot = z.object({
  takenAt: instant,
  role: text,
  roleId: text,
  arn: text,
  path: text,
  tags: z.record(text, text),
  inlinePolicies: z.record(text, text),
  maxSessionSeconds: z.number(),
}) satisfies z.ZodType<RoleSnapshot>;

const finding = z.object({
  at: instant,
  is: z.enum(['reapplied', 'drifted', 'new', 'session', 'unreadable']),
  what: text,
  detail: text.optional(),
}) satisfies z.ZodType<Finding>;

const preview = z.discriminatedUnion('is', [
  z.object({ is: z.literal('waiting') }),
  z.object({
    is: z.literal('known'),
    at: instant,
    steps: z.array(step),
    inUse: z.array(text),
    lost: z.array(text),
    owners: z.record(text, z.array(text)),
    objection: text.optional(),
  }),
  z.object({ is: z.literal('unreadable'), at: instant, why: text }),
]) satisfies z.ZodType<Preview>;

const request = z.object({
  id: text,
  version: z.number(),
  alertId: text,
  account: text,
  partition: text,
  action,
  reason: text,
  by: text,
  at: instant,
  pinned: z.object({ userId: text.optional(), groupId: text.optional() }).optional(),
  mode: z.enum(['request', 'execute']),
  preview,
  approval: z.object({ by: text, at: instant }).optional(),
  state: requestState,
  snapshot: z.union([z.object({ user: userSnapshot }), z.object({ role: roleSnapshot })]).optional(),
  steps: z.array(step),
  checks: z.object({ made: z.number(), lastAt: instant.optional() }),
  findings: z.array(finding),
}) satisfies z.ZodType<ResponseRequest>;

/** The request in a row; a row that doesn't hold one is an error that names it. */
export function requestOf({ id, state }: { id: string; state: string }): ResponseRequest {
  try {
    return request.parse(JSON.parse(state));
  } catch (error) {
    throw new Error(`table response, id ${id}: the row is not a request`, { cause: error });
  }
}

const ENDED = new Set(['denied', 'withdrawn', 'expired', 'refused', 'undone']);

/** The row that holds a request, with what it is searched by beside it. */
export function rowOfRequest(given: ResponseRequest) {
  const { action: asked } = given;
  const target = asked.do === 'undo' ? asked.of : asked.do === 'revoke-sessions' ? asked.role : asked.user;
  const ended = ENDED.has(given.state.is) || (asked.do === 'undo' && given.state.is === 'done');
  return {
    id: given.id,
    version: given.version,
    alert_id: given.alertId,
    account: given.account,
    target_lower: lower(target) ?? '',
    live: ended ? 0 : 1,
    asked_at: given.at,
    pending_until: given.state.is === 'pending' ? given.state.expiresAt : null,
    state: JSON.stringify(given),
  };
}
