import type { Alert } from '../../domain/alert.ts';
import type { Preflight } from '../../domain/response/objection.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import { writerFor } from './carry-out.ts';
import type { ResponseNeeds } from './needs.ts';
import { snapshotOf } from './snapshot-of.ts';

/** Gathers all that a request is weighed by. Reads only; throws a SourceFailure when something can't be read. */
export async function preflightOf(
  needs: ResponseNeeds,
  request: ResponseRequest,
  signal: AbortSignal,
): Promise<Preflight> {
  const { reader, writers, responses, alerts, settings, membershipBefore } = needs;
  const { action } = request;
  const original = action.do === 'undo' ? await responses.find(action.of) : undefined;
  const acting = original?.action ?? action;
  const alert = await alerts.find(request.alertId);
  if (!alert) throw new Error(`request ${request.id} is of no alert: ${request.alertId}`);
  const us = [await reader.identity(signal)];
  // Before the approval nobody may write, not even to ask who that would be.
  if (writers && request.approval) us.push(await writerFor(needs, request).identity(signal));
  const group = acting.do === 'remove-from-group' ? await reader.group(acting.group, signal) : undefined;
  const about = aboutOf(alert);
  return {
    // What was pinned when it was asked for, or has been since: reading the ids may take a moment.
    request: { ...request, pinned: request.pinned ?? alert.pinned },
    original,
    snapshot: await snapshotOf(needs, request, signal),
    group,
    us,
    administrators: action.do === 'disable-user' ? await reader.administrators(signal) : [],
    protectedPrincipals: settings.protectedPrincipals,
    eventTime: alert.eventTime,
    earlierMembership:
      action.do === 'remove-from-group' && about
        ? await membershipBefore({ ...about, eventTime: alert.eventTime }, signal)
        : undefined,
  };
}

function aboutOf({ cause }: Alert): { user: string; group: string } | undefined {
  if (cause.is !== 'match' || cause.subject === undefined || cause.object === undefined) return undefined;
  return { user: cause.subject, group: cause.object };
}
