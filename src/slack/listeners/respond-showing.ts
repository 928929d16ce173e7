import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../domain/time.ts';
import { type Drawn, withoutPictures } from '../drawn.ts';
import { respond } from './tell.ts';

/** For some seconds after its upload Slack may refuse to show a picture; what there is to read doesn't wait for long. */
const WAITS = [1 * SECOND, 2 * SECOND];

/**
 * Posts an answer to a response_url, for its person alone; after some tries without its pictures, if Slack doesn't take
 * them. A response_url works five times.
 */
export async function respondShowing(
  url: string,
  answer: Drawn | { text: string },
  waits: readonly number[] = WAITS,
): Promise<void> {
  const body = { response_type: 'ephemeral', ...answer };
  const plainer = 'blocks' in answer ? withoutPictures(answer) : undefined;
  if (!plainer) return respond(url, body);
  for (const wait of waits) {
    const taken = await respond(url, body).then(
      () => true,
      () => false,
    );
    if (taken) return;
    await sleep(wait);
  }
  await respond(url, body).catch(() => respond(url, { response_type: 'ephemeral', ...plainer }));
}
