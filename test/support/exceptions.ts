import type { Exception } from '../../src/domain/exception.ts';
import { DAY } from '../../src/domain/time.ts';

/** An exception for what the bot of HR does, made at the beginning of time and for 30 days; or what a test wants. */
export function anException(different: Partial<Exception> = {}): Exception {
  return {
    id: 'EX-0000000001',
    version: 1,
    alertId: 'GW-1',
    conditions: { actor: 'hr-bot', group: 'readers' },
    reason: 'Nightly onboarding job of HR',
    by: 'U0ANA',
    at: 0,
    expiresAt: 30 * DAY,
    state: { is: 'active', at: 0 },
    hits: 0,
    ...different,
  };
}
