import type { Deliver } from './delivery.ts';
import { appRateLimited } from './payloads.ts';
import type { Sockets } from './sockets.ts';
import type { State } from './state.ts';
import type { TroubleList } from './trouble-list.ts';

/** What a test, or a person on the page, lets go wrong. Method `*` is any. */
export interface Faults {
  rateLimit(method: string, times: number, retryAfterSeconds: number): void;
  /** 429 to posts in this channel alone. */
  rateLimitChannel(channel: string, times: number, retryAfterSeconds: number): void;
  fail(method: string, times: number, how: { status?: number; error?: string }): void;
  hang(method: string, times: number, ms: number): void;
  /** The effect happens, the answer doesn't come. */
  dropReply(method: string, times: number): void;
  /** The next envelopes reach the app this much later; the person's patience runs from the press. */
  delay(times: number, ms: number): void;
  /** The next envelopes reach the app twice, as they are. */
  duplicate(times: number): void;
  /** Tells the app that it takes too many events: an envelope without an event. */
  appRateLimited(): void;
  /** Sends every socket this text, whatever it is. */
  say(text: string): void;
  /** Says goodbye to every socket, as Slack does several times a day. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  clear(): void;
}

export function faultsOf(state: State, troubles: TroubleList, wires: Sockets, deliver: Deliver): Faults {
  return {
    rateLimit: (method, left, seconds) =>
      troubles.add({ method, left, trouble: { is: 'rate-limit', seconds } }),
    rateLimitChannel: (channel, left, seconds) =>
      troubles.add({ method: 'chat.postMessage', channel, left, trouble: { is: 'rate-limit', seconds } }),
    fail: (method, left, { status, error }) =>
      troubles.add({
        method,
        left,
        trouble: status ? { is: 'status', status } : { is: 'error', error: error ?? 'fatal_error' },
      }),
    hang: (method, left, ms) => troubles.add({ method, left, trouble: { is: 'hang', ms } }),
    dropReply: (method, left) => troubles.add({ method, left, trouble: { is: 'drop-reply' } }),
    delay: (times, ms) => troubles.addToEnvelopes(times, ms),
    duplicate: (times) => troubles.addToEnvelopes(times),
    appRateLimited: () => void deliver('events_api', appRateLimited(state)),
    say(text) {
      state.changed({ kind: 'trouble', what: 'the app is told something else than envelopes' });
      wires.say(text);
    },
    disconnect(reason) {
      state.changed({ kind: 'trouble', what: `Slack says goodbye to the app's sockets: ${reason}` });
      wires.disconnect(reason);
    },
    cutSockets() {
      state.changed({ kind: 'trouble', what: "the app's sockets are cut" });
      wires.cut();
    },
    clear: () => troubles.clear(),
  };
}
