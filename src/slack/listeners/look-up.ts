import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserId } from '../../domain/person.ts';
import { SECOND } from '../../domain/time.ts';
import type { Wanted } from '../../use-cases/look-up/wanted.ts';
import { historyBlocks } from '../answer.ts';
import type { Desk } from '../desk.ts';
import type { Drawn } from '../drawn.ts';
import { cancelledAnswer, lookUpAnswer, progressAnswer } from '../views/answers/look-up.ts';
import { broken } from '../views/refusal.ts';
import { type Answer, onClick } from './click.ts';
import { respond } from './tell.ts';
import { wantedOf } from './wanted.ts';

/** Slack wants an answer within three seconds: by then there is one, or word of how far it is. */
const PATIENCE = 2 * SECOND;
/** A response_url works five times: so often progress is told besides the answer. */
const TELLS = [0, 8 * SECOND, 30 * SECOND];
/** As long as the response_url works. */
const LONGEST = 25 * 60 * SECOND;

/** Look-ups under way in this process, by an id that their button to cancel carries. */
export type LookUps = Map<string, { ending: AbortController; by: UserId }>;

interface Asked {
  url: string;
  by: UserId;
  /** Whether what is there is replaced from the start, as after a press. */
  replaces: boolean;
}

/** Answers in time, or says how far it is and replaces that by the answer. Never throws. */
export async function answerLookUp(desk: Desk, wanted: Wanted, asked: Asked): Promise<void> {
  const id = randomUUID().slice(0, 8);
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(LONGEST)]);
  desk.lookUps.set(id, { ending, by: asked.by });
  let pages = 0;
  let told = asked.replaces;
  const tell = async (drawn: Drawn): Promise<void> => {
    await respond(asked.url, { response_type: 'ephemeral', replace_original: told, ...drawn });
    told = true;
  };
  const work = answerOf(desk, wanted, signal, (read) => {
    pages = read;
  });
  try {
    for (const wait of [PATIENCE, ...TELLS.slice(1)]) {
      const answer = await Promise.race([work, sleep(wait, undefined, { ref: false })]);
      if (answer) return await tell(answer);
      await tell(progressAnswer(wanted, id, pages));
    }
    await tell(await work);
  } catch (error) {
    if (ending.signal.aborted) return;
    desk.log.warn({ user: asked.by, error: String(error) }, 'a look-up did not reach its person');
  } finally {
    desk.lookUps.delete(id);
  }
}

async function answerOf(
  desk: Desk,
  wanted: Wanted,
  signal: AbortSignal,
  progress: (pages: number) => void,
): Promise<Drawn> {
  try {
    const found = await desk.lookUp(wanted, { signal, progress: async (pages) => progress(pages) });
    const ours = 'history' in found ? found.history : undefined;
    const isTold = ours !== undefined || found.is === 'unknown';
    const history = isTold ? await historyBlocks(desk, wanted, ours) : [];
    return lookUpAnswer(wanted, found, history);
  } catch (error) {
    signal.throwIfAborted();
    const reference = randomUUID().slice(0, 8);
    desk.log.error({ reference, error }, 'a look-up failed');
    return { text: broken(reference).text, blocks: [] };
  }
}

/** A button under a look-up: another span, or what may have been meant. */
export const lookUpAgain = (desk: Desk) =>
  onClick(desk, async ({ by, payload }): Promise<Answer> => {
    const wanted = wantedOf(payload.actions[0].value ?? '');
    const url = payload.response_url;
    if (wanted && url) await answerLookUp(desk, wanted, { url, by: by.id, replaces: true });
    return undefined;
  });

/** Ends a look-up that nobody wants to wait for any more. */
export const cancelLookUp = (desk: Desk) =>
  onClick(desk, async ({ by, carries: [id = ''], payload }): Promise<Answer> => {
    const running = desk.lookUps.get(id);
    if (running?.by === by.id) running.ending.abort(new Error('cancelled'));
    if (payload.response_url)
      await respond(payload.response_url, {
        replace_original: true,
        ...cancelledAnswer(running !== undefined),
      });
    return undefined;
  });
