import type { ResponseRequest } from '../../src/domain/response/request.ts';
import { MINUTE } from '../../src/domain/time.ts';

export const ASKED_AT = Date.UTC(2026, 10, 24, 4, 30);

/** A request as it is just after it was made, with what a test wants different. */
export function requestWith(different: Partial<ResponseRequest> = {}): ResponseRequest {
  return {
    id: 'RS-EXAMPLE01',
    version: 1,
    alertId: 'GW-EXAMPLE00001',
    account: '111122223333',
    partition: 'aws',
    action: { do: 'disable-user', user: 'bob', deletePassword: false },
    reason: 'Key seen in a public repository',
    by: 'U0ANA',
    at: ASKED_AT,
    mode: 'execute',
    preview: { is: 'waiting' },
    state: { is: 'pending', expiresAt: ASKED_AT + 60 * MINUTE },
    steps: [],
    checks: { made: 0 },
    findings: [],
    ...different,
  };
}
