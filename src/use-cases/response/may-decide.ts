import { moveRequest } from '../../domain/response/lifecycle.ts';
import type { MayDecide } from '../respond.ts';
import { decidable, recordRefusal } from './decide.ts';
import type { ResponseNeeds } from './needs.ts';

/**
 * The same checks as at the decision itself, which makes them once more: so that nobody fills in a form in vain,
 * and so that a press that is refused is on record too.
 */
export const mayDecide =
  (needs: ResponseNeeds): MayDecide =>
  async (question) => {
    const answer = await weigh(needs, question);
    if (answer.is === 'refused') await recordRefusal(needs, question, answer);
    return answer;
  };

async function weigh(needs: ResponseNeeds, question: Parameters<MayDecide>[0]): ReturnType<MayDecide> {
  if (!needs.settings.approvable) return { is: 'refused', refusal: { because: 'no-approvers' } };
  const found = await decidable(needs, question);
  if ('is' in found) return found.is === 'refused' ? found : { is: 'gone' };
  const { request } = found;
  const decision = { do: question.do, by: question.by.id, reason: '' };
  const outcome = moveRequest(decision, needs.clock.now(), request);
  return outcome.ok ? { is: 'may', request } : { is: 'refused', refusal: outcome.refusal };
}
