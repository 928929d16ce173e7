import type { Log } from '../ports/log.ts';
import type { Trace } from '../work/trace.ts';

interface Needs {
  log: Log;
  within: Trace['within'];
  /** How many seconds it took until the last answer. */
  took: (act: string, seconds: number) => void;
}

interface Arrived {
  body: object;
  next: () => Promise<unknown>;
}

/** A middleware of Bolt: gives all that a person does an id, one line in the log, and a time. */
export function follow({ log, within, took }: Needs): (arrived: Arrived) => Promise<void> {
  return ({ body, next }) =>
    within('click', async () => {
      const began = performance.now();
      try {
        await next();
      } finally {
        const ms = performance.now() - began;
        const act = actOf(body);
        took(act, ms / 1_000);
        log.info({ act, user: userOf(body), ms: Math.round(ms) }, 'answered a person');
      }
    });
}

/** Ids are the program's own, and few; whatever else comes is one of them all. */
const KNOWN = /^(?:[a-z]+\.[a-z-]+|\/[a-z]+|[a-z_]+)$/;

/** A button's or menu's action, a form's callback id, the command, or the kind of an event. */
function actOf(body: object): string {
  const id =
    at(body, 'actions', '0', 'action_id') ??
    at(body, 'view', 'callback_id') ??
    at(body, 'command') ??
    at(body, 'event', 'type');
  return typeof id === 'string' && KNOWN.test(id) ? id : 'other';
}

const userOf = (body: object): unknown =>
  at(body, 'user', 'id') ?? at(body, 'user_id') ?? at(body, 'event', 'user');

function at(of: unknown, ...keys: string[]): unknown {
  let found = of;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
