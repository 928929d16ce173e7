import { type ExceptionMove, moveException } from '../../domain/exception/lifecycle.ts';
import type { Exception, ExceptionId } from '../../domain/exception.ts';
import type { Doer } from '../../ports/audit.ts';
import type { ExceptionNeeds } from './needs.ts';
import { owedFor } from './owed.ts';
import type { ExceptionResult } from './wish.ts';

const ATTEMPTS = 20;

/** Moves the exception as it stands now; of two at once one moves it, and the other sees what became of it. */
export async function move(
  { exceptions, clock, wake }: Pick<ExceptionNeeds, 'exceptions' | 'clock' | 'wake'>,
  id: ExceptionId,
  how: ExceptionMove,
  { what, by, key }: { what: string; by?: Doer; key: string },
): Promise<ExceptionResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await exceptions.find(id);
    if (!before) return { is: 'gone' };
    const at = clock.now();
    const outcome = moveException(how, at, before);
    if (!outcome.ok) return { is: 'refused', refusal: outcome.refusal };
    const { exception } = outcome;
    const states = { from: before.state.is, to: exception.state.is };
    const facts = { ...aboutOf(exception), hits: exception.hits };
    const saving = await exceptions.save(exception, {
      entry: { at, by, what, alertId: exception.alertId, ...states, facts, key },
      line: true,
      jobs: how.do === 'approve' ? owedFor(exception, at) : [],
    });
    if (saving === 'repeated') return { is: 'repeated' };
    if (saving === 'saved') {
      wake();
      return { is: 'done', exception };
    }
  }
  throw new Error(`exception ${id} kept changing under ${ATTEMPTS} attempts to save it`);
}

/** What every entry about an exception tells. */
export const aboutOf = ({ id, conditions }: Exception) => ({ exception: id, conditions });
