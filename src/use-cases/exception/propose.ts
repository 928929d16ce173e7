import { randomBytes } from 'node:crypto';
import type { Alert } from '../../domain/alert.ts';
import { chosenConditions, conditionChoices } from '../../domain/exception/choices.ts';
import { needsSecondPerson } from '../../domain/exception/lifecycle.ts';
import { type Exception, flawsOf } from '../../domain/exception.ts';
import type { Doer } from '../../ports/audit.ts';
import { canBeExempted, type ExceptionNeeds } from './needs.ts';
import type { ExceptionResult, Wanted } from './wish.ts';

export type Proposed =
  | { is: 'ready'; exception: Exception; alert: Alert }
  | Extract<ExceptionResult, { is: 'flawed' | 'refused' | 'gone' }>;

/** The exception that somebody wants, or all that speaks against it. The conditions are read from the alert anew. */
export async function propose(
  { alerts, approvable, clock }: Pick<ExceptionNeeds, 'alerts' | 'approvable' | 'clock'>,
  { alertId, chosen, reason, lasts, by }: Wanted & { by: Doer },
): Promise<Proposed> {
  const alert = await alerts.find(alertId);
  if (!alert) return { is: 'gone' };
  if (!canBeExempted(alert)) return { is: 'refused', refusal: { because: 'nothing-to-exempt' } };
  const conditions = chosenConditions(conditionChoices(alert), chosen);
  const flaws = flawsOf(conditions, { reason, lasts });
  if (flaws.length > 0) return { is: 'flawed', flaws };
  const second = needsSecondPerson(conditions, alert);
  if (second && !approvable) return { is: 'refused', refusal: { because: 'no-approvers' } };
  const at = clock.now();
  const exception: Exception = {
    id: `EX-${randomBytes(5).toString('hex').toUpperCase()}`,
    version: 1,
    alertId,
    conditions,
    reason,
    by: by.id,
    at,
    expiresAt: at + lasts,
    state: second ? { is: 'pending' } : { is: 'active', at },
    hits: 0,
  };
  return { is: 'ready', exception, alert };
}
