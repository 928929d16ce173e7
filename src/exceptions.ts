import type { Settings } from './config.ts';
import type { Clock } from './ports/clock.ts';
import type { Storage } from './ports/storage.ts';
import { except } from './use-cases/exception/except.ts';
import { announceExpiry, expireException } from './use-cases/exception/expiry.ts';
import { EXCEPTION_JOB, type ExceptionNeeds } from './use-cases/exception/needs.ts';
import { previewException } from './use-cases/exception/preview.ts';
import type { Except, PreviewException } from './use-cases/exception/wish.ts';
import type { Approvers } from './use-cases/response/needs.ts';
import type { Handler } from './work/attempt.ts';

interface Context {
  storage: Pick<Storage, 'alerts' | 'audit' | 'exceptions' | 'messages'>;
  approvers: Approvers;
  clock: Clock;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** What people can do about exceptions, and the jobs that end them. */
export function excepting(
  settings: Pick<Settings, 'approvers' | 'channel'>,
  { storage, approvers, clock, wake }: Context,
): { except: Except; previewException: PreviewException; handlers: Record<string, Handler> } {
  const { alerts, audit, exceptions, messages } = storage;
  const { channel } = settings;
  const approvable = settings.approvers.length > 0;
  const needs: ExceptionNeeds = {
    alerts,
    audit,
    exceptions,
    messages,
    approvers,
    approvable,
    channel,
    clock,
    wake,
  };
  return {
    except: except(needs),
    previewException: previewException(needs),
    handlers: {
      [EXCEPTION_JOB.announce]: announceExpiry(needs),
      [EXCEPTION_JOB.expire]: expireException(needs),
    },
  };
}
