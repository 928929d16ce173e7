import type { Instruments } from './instruments.ts';

/** A fetch for the Web API client that counts what came of each call; the answer is passed on as it is. */
export const countedFetch =
  ({ slackCalls }: Pick<Instruments, 'slackCalls'>): typeof fetch =>
  async (input, init) => {
    const method = methodOf(input);
    try {
      const response = await fetch(input, init);
      outcomeOf(response.clone()).then((outcome) => slackCalls.inc({ method, outcome }));
      return response;
    } catch (error) {
      slackCalls.inc({ method, outcome: 'lost' });
      throw error;
    }
  };

/** `…/api/chat.postMessage` is chat.postMessage; the program calls a fixed few. */
function methodOf(input: Parameters<typeof fetch>[0]): string {
  const address = input instanceof Request ? input.url : String(input);
  return /\/([a-z]+(?:\.[a-zA-Z]+)+)(?:\?|$)/.exec(address)?.[1] ?? 'other';
}

/** `lost`: Slack may have done it or not. */
async function outcomeOf(response: Response): Promise<'ok' | 'refused' | 'ratelimited' | 'lost'> {
  if (response.status === 429) return 'ratelimited';
  try {
    const answer: unknown = await response.json();
    const ok = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'ok') === true;
    return response.ok ? (ok ? 'ok' : 'refused') : 'lost';
  } catch {
    return 'lost';
  }
}
