import { randomBytes } from 'node:crypto';
import type { Alert } from '../../domain/alert.ts';
import type { ResponseAction } from '../../domain/response/action.ts';
import { canBeTakenBack } from '../../domain/response/lifecycle.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import type { Doer } from '../../ports/audit.ts';
import type { ResponseRefusal, ResponseResult } from '../respond.ts';
import { aboutOf, targetOf } from './change.ts';
import { RESPONSE_JOB, type ResponseNeeds } from './needs.ts';

interface Ask {
  alertId: string;
  action: ResponseAction;
  reason: string;
  by: Doer;
  key: string;
}

/** Puts a request on record and before the approvers. Nothing is done by it. */
export async function ask(
  needs: ResponseNeeds,
  { alertId, action, reason, by, key }: Ask,
): Promise<ResponseResult> {
  const { alerts, responses, settings, clock, wake } = needs;
  const alert = await alerts.find(alertId);
  if (!alert) return { is: 'gone' };
  const refusal = unfit(alert, action, settings) ?? (await inTheWay(needs, alert, action));
  if (refusal) return { is: 'refused', refusal };
  const at = clock.now();
  const original = action.do === 'undo' ? await responses.find(action.of) : undefined;
  const request: ResponseRequest = {
    id: `RS-${randomBytes(5).toString('hex').toUpperCase()}`,
    version: 1,
    alertId,
    account: alert.account,
    partition: original?.partition ?? partitionOf(alert),
    action,
    reason,
    by: by.id,
    at,
    pinned: original?.pinned ?? alert.pinned,
    mode: settings.mode,
    preview: { is: 'waiting' },
    state: { is: 'pending', expiresAt: at + settings.expiry },
    steps: [],
    checks: { made: 0 },
    findings: [],
  };
  const saving = await responses.open(request, {
    entry: {
      at,
      by,
      what: 'response-requested',
      alertId,
      responseId: request.id,
      to: 'pending',
      facts: { ...aboutOf(request), reason },
      key,
    },
    line: true,
    jobs: [
      {
        id: `${RESPONSE_JOB.preview}:${request.id}`,
        kind: RESPONSE_JOB.preview,
        subject: request.id,
        dueAt: at,
      },
      {
        id: `${RESPONSE_JOB.expire}:${request.id}`,
        kind: RESPONSE_JOB.expire,
        subject: request.id,
        dueAt: at + settings.expiry,
      },
    ],
  });
  if (saving !== 'saved') return { is: 'repeated' };
  wake();
  return { is: 'done', request };
}

/** Actions that don't fit the alert, whoever asks. */
function unfit(
  alert: Alert,
  action: ResponseAction,
  { revokeSessions }: ResponseNeeds['settings'],
): ResponseRefusal | undefined {
  const no = (why: string): ResponseRefusal => ({ because: 'not-possible', why });
  if (alert.cause.is !== 'match')
    return no('The record could not be read, so it is not known whom to act on.');
  if (action.do === 'undo') return undefined;
  if (alert.handling.is === 'resolved') return no('The alert is resolved. Reopen it first, from its menu.');
  const { subject, object, event } = alert.cause;
  const actorUser = event.actor.type === 'IAMUser' ? event.actor.name : undefined;
  if (action.do === 'disable-user') {
    return action.user === subject || action.user === actorUser
      ? undefined
      : no('Only the user who was added, or the IAM user who added them, can be disabled from this alert.');
  }
  if (action.do === 'remove-from-group') {
    return action.user === subject && action.group === object
      ? undefined
      : no('Only the addition that this alert is about can be taken back from it.');
  }
  if (!revokeSessions)
    return no('Revoking sessions of roles is switched off: set REVOKE_SESSIONS to allow it.');
  if (event.actor.type !== 'AssumedRole' || action.role !== event.actor.name)
    return no('Only the role that made this change can have its sessions revoked from this alert.');
  return /^AWS(ReservedSSO_|ServiceRoleFor)/.test(action.role)
    ? no(
        'Sessions of Identity Center and service-linked roles cannot be revoked this way: AWS protects those roles.',
      )
    : undefined;
}

/** What is there already: a live request for the same, or nothing to take back. */
async function inTheWay(
  { responses }: ResponseNeeds,
  alert: Alert,
  action: ResponseAction,
): Promise<ResponseRefusal | undefined> {
  if (action.do === 'undo') {
    const original = await responses.find(action.of);
    if (original?.action.do === 'undo')
      return {
        because: 'not-possible',
        why: 'A restoration is not taken back: ask for the action again instead.',
      };
    if (!original || original.alertId !== alert.id || !canBeTakenBack(original))
      return { because: 'not-possible', why: 'Nothing of that request stands that could be taken back.' };
  }
  const live = await responses.liveOn(alert.account, targetOf(action));
  const same = live.find((one) => one.action.do === action.do);
  return same && { because: 'already-requested', by: same.by, at: same.at };
}

const partitionOf = ({ cause, region }: Alert): string => {
  const arn = cause.is === 'match' ? cause.event.actor.arn : undefined;
  return (
    arn?.split(':')[1] ??
    (region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws')
  );
};
