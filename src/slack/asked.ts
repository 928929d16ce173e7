import type { Desk } from './desk.ts';
import type { Asked } from './views/response/deed.ts';

/** A request with the one that it takes back; nothing when it isn't in the database. */
export async function findAsked(
  { responses }: Pick<Desk, 'responses'>,
  id: string | undefined,
): Promise<Asked | undefined> {
  const request = await responses.find(id ?? '');
  if (!request) return undefined;
  const { action } = request;
  return { request, original: action.do === 'undo' ? await responses.find(action.of) : undefined };
}
