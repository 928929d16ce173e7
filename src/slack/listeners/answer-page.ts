import { answerTo } from '../answer.ts';
import type { Desk } from '../desk.ts';
import { onClick } from './click.ts';
import { respond } from './tell.ts';

/** "Older" and "Newer" under an answer: replaces it by the page that the button names. */
export const turnPage = (desk: Desk) =>
  onClick(desk, async ({ carries, payload }) => {
    const [query = '', offset = '0'] = carries;
    const page = await answerTo(desk, query, Math.max(0, Number.parseInt(offset, 10) || 0));
    if (payload.response_url) await respond(payload.response_url, { replace_original: true, ...page });
    return undefined;
  });
