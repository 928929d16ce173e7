import { findAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { runbookAnswer } from '../views/answers/runbook.ts';
import { onClick } from './click.ts';
import { answerAbout } from './response-answer.ts';
import { respond } from './tell.ts';

/** Takes the request back before anybody has decided; for whoever asked. */
export const withdrawResponse = (desk: Desk) =>
  onClick(desk, async ({ carries: [requestId = ''], by, key }) =>
    answerAbout(await desk.respond({ do: 'withdraw', requestId, by, key }), by.id),
  );

/** Has what is left of a stopped request tried again. */
export const retryResponse = (desk: Desk) =>
  onClick(desk, async ({ carries: [requestId = ''], by, key }) =>
    answerAbout(await desk.respond({ do: 'retry', requestId, by, key }), by.id),
  );

/** Notes that a person has run a step's command; a page of an answer is drawn anew at once. */
export const markRun = (desk: Desk) =>
  onClick(desk, async ({ carries: [requestId = '', step = '', page], by, key, payload }) => {
    const result = await desk.respond({ do: 'mark-run', requestId, step, by, key });
    const asked = page === undefined ? undefined : await findAsked(desk, requestId);
    if (result.is === 'done' && asked && payload.response_url) {
      const drawn = runbookAnswer(asked, Number(page) || 0);
      await respond(payload.response_url, { replace_original: true, ...drawn });
    }
    return answerAbout(result, by.id);
  });
