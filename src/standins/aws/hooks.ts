import type { AwsCall } from './wire/call-log.ts';

/** What a test does between two calls. */
export type Act = (call: AwsCall) => unknown;

/** Where tests get in between. */
export interface Hooks {
  /** Hears of every call once it is answered; gives what stops it. */
  onCall(listener: Act): () => void;
  /** Acts before the next n calls (default 1) of an action, `AttachUserPolicy` or `iam:AttachUserPolicy`. */
  before(action: string, act: Act, n?: number): void;
  /** Acts when the next n calls (default 1) of an action have had their effect, and before they're answered. */
  after(action: string, act: Act, n?: number): void;
  /** Runs what is due, and waits for it. */
  run(when: 'before' | 'after', call: AwsCall): Promise<void>;
  tell(call: AwsCall): void;
}

/** Nothing in between. */
export function newHooks(): Hooks {
  const listeners = new Set<Act>();
  const acts: { when: 'before' | 'after'; action: string; act: Act; left: number }[] = [];
  const add =
    (when: 'before' | 'after') =>
    (action: string, act: Act, n = 1) =>
      void acts.push({ when, action, act, left: n });
  return {
    onCall(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    before: add('before'),
    after: add('after'),
    async run(when, call) {
      const named = [call.name, call.name.split(':')[1]];
      for (const one of acts.filter(
        (due) => due.when === when && due.left > 0 && named.includes(due.action),
      )) {
        one.left -= 1;
        await one.act(call);
      }
    },
    tell(call) {
      for (const listener of listeners) listener(call);
    },
  };
}
