import type { Instruments } from './instruments.ts';

interface Arrived {
  body: object;
  next: () => Promise<unknown>;
}

/** A middleware of Bolt that times all that people do, by the kind of it; ids are the program's own, and few. */
export function timedClicks({ clicks }: Pick<Instruments, 'clicks'>): (arrived: Arrived) => Promise<void> {
  return async ({ body, next }) => {
    const stop = clicks.startTimer();
    try {
      await next();
    } finally {
      stop({ act: actOf(body) });
    }
  };
}

const KNOWN = /^[a-z]+\.[a-z-]+$/;

/** A button's or menu's action, a form's callback id, or the command. */
function actOf(body: object): string {
  const action = at(at(body, 'actions'), '0');
  const id = at(action, 'action_id') ?? at(at(body, 'view'), 'callback_id') ?? at(body, 'command');
  if (typeof id !== 'string') return 'other';
  return KNOWN.test(id) || id.startsWith('/') ? id : 'other';
}

const at = (of: unknown, key: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
