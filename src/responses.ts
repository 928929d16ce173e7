import type { Access } from './access.ts';
import type { Settings } from './config.ts';
import { iamWriters } from './iam/writers.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Storage } from './ports/storage.ts';
import { iamUserAddedToGroup } from './rules/iam-user-added-to-group.ts';
import type { MayDecide, Respond } from './use-cases/respond.ts';
import { carryOut } from './use-cases/response/carry-out.ts';
import { check } from './use-cases/response/check.ts';
import { respond } from './use-cases/response/decide.ts';
import { expire } from './use-cases/response/expire.ts';
import { lateStep } from './use-cases/response/late-step.ts';
import { mayDecide } from './use-cases/response/may-decide.ts';
import { earlierMembership } from './use-cases/response/membership.ts';
import { type Approvers, RESPONSE_JOB, type ResponseNeeds } from './use-cases/response/needs.ts';
import { preview } from './use-cases/response/preview.ts';
import { openedSessions } from './use-cases/response/sessions.ts';
import type { Handler } from './work/attempt.ts';

interface World {
  log: Log;
  clock: Clock;
  awsRequestTimeoutMs?: number;
}

interface Context {
  storage: Storage;
  approvers: Approvers;
  access: Access;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** What people can do about a response, and the jobs that carry it out. */
export function responding(
  settings: Pick<Settings, 'approvers' | 'response'>,
  { log, clock, awsRequestTimeoutMs }: World,
  { storage, approvers, access, wake }: Context,
): { respond: Respond; mayDecide: MayDecide; handlers: Record<string, Handler> } {
  const { alerts, audit, responses } = storage;
  const { account, source, region } = access;
  const reader = access.reader();
  const { expiry, protectedPrincipals, revokeSessions } = settings.response;
  const responder = account.responder ?? settings.response.responder;
  // Without a role to do it with, people do.
  const mode = responder ? settings.response.mode : 'request';
  const { action, reversedBy } = iamUserAddedToGroup.condition;
  const needs: ResponseNeeds = {
    alerts,
    audit,
    responses,
    approvers,
    reader,
    writers:
      mode === 'execute' && responder
        ? iamWriters({ region, responder, reader, requestTimeoutMs: awsRequestTimeoutMs })
        : undefined,
    sessionsOf: openedSessions({ source, clock }),
    membershipBefore: earlierMembership({ source, names: { add: action, remove: reversedBy } }),
    settings: {
      mode,
      expiry,
      protectedPrincipals,
      revokeSessions,
      approvable: settings.approvers.length > 0,
    },
    clock,
    log,
    wake,
  };
  return {
    respond: respond(needs),
    mayDecide: mayDecide(needs),
    handlers: {
      [RESPONSE_JOB.preview]: preview(needs),
      [RESPONSE_JOB.expire]: expire(needs),
      [RESPONSE_JOB.carryOut]: carryOut(needs),
      [RESPONSE_JOB.check]: check(needs),
      [RESPONSE_JOB.late]: lateStep(needs),
    },
  };
}
