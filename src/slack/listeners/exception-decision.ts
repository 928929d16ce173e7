import { answerTo } from '../answer.ts';
import type { Desk } from '../desk.ts';
import { exceptionAnswer } from '../views/exception/refusal.ts';
import { onClick } from './click.ts';
import { respond } from './tell.ts';

/** Puts an exception in force that waits for a second person. */
export const approveException = (desk: Desk) => decide(desk, 'approve');

/** Refuses one that waits for a second person. */
export const denyException = (desk: Desk) => decide(desk, 'deny');

const decide = (desk: Desk, decision: 'approve' | 'deny') =>
  onClick(
    desk,
    async ({ carries: [exceptionId = ''], by, key }) =>
      exceptionAnswer(await desk.except({ do: decision, exceptionId, by, key }), by.id),
    'mayApprove',
  );

/** Ends one, for any responder; a page of an answer is drawn anew at once. */
export const endException = (desk: Desk) =>
  onClick(desk, async ({ carries: [exceptionId = '', query, offset], by, key, payload }) => {
    const result = await desk.except({ do: 'end', exceptionId, by, key });
    if (result.is === 'done' && query !== undefined && payload.response_url) {
      const page = await answerTo(desk, query, Number(offset) || 0);
      await respond(payload.response_url, { replace_original: true, ...page });
    }
    return exceptionAnswer(result, by.id);
  });
