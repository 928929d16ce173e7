import type { Deliver, Delivery } from './delivery.ts';
import { eventCallback } from './payloads.ts';
import type { State } from './state.ts';
import type { Json } from './types.ts';

/** The Events API: at least once, as long as the app takes it in the end. */
export interface Events {
  /** Sends one event; without an ack it comes up to three times more. Resolves with the first delivery. */
  send(event: Json): Promise<Delivery>;
  /** Ends what would still come. */
  close(): void;
}

/** At once, after a minute, after five (D:apis/events-api; documented for HTTP, taken to hold for sockets). */
const RETRIES = [0, 60_000, 300_000];

export function events(state: State, deliver: Deliver): Events {
  const timers = new Set<NodeJS.Timeout>();
  const delays = state.options.retryEventsMs ?? RETRIES;
  let ended = false;

  function again(payload: Json, attempt: number): void {
    const delay = delays[attempt - 1];
    if (delay === undefined || ended) return;
    const timer = setTimeout(async () => {
      timers.delete(timer);
      const { acked } = await deliver('events_api', payload, attempt);
      if (!acked) again(payload, attempt + 1);
    }, delay);
    timer.unref();
    timers.add(timer);
  }

  return {
    async send(event) {
      const payload = eventCallback(state, event);
      const first = await deliver('events_api', payload);
      if (!first.acked) again(payload, 1);
      return first;
    },
    close() {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
