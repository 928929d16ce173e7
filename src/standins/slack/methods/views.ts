import { randomUUID } from 'node:crypto';
import { checkView } from '../block-kit.ts';
import { isObject, list, object, text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import type { Json, View } from '../types.ts';
import type { Method } from './method.ts';

/** A view as Slack keeps it; throws what Slack would refuse. */
export function newView(given: unknown, id: string = `V${randomUUID().slice(0, 8).toUpperCase()}`): View {
  const violations = checkView(given);
  if (violations.length > 0) {
    const messages = violations.map(
      ({ pointer, message }) => `[ERROR] ${message} [json-pointer:/view${pointer}]`,
    );
    throw new Refusal('invalid_arguments', { response_metadata: { messages } });
  }
  const view = object(given);
  return {
    ...view,
    id,
    hash: `${Date.now()}.${randomUUID().slice(0, 8)}`,
    type: text(view.type),
    callback_id: text(view.callback_id),
    private_metadata: text(view.private_metadata),
    blocks: list(view.blocks).filter(isObject),
  };
}

function open(args: Json, state: State): Json {
  const trigger = state.triggers.get(text(args.trigger_id));
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (Date.now() - trigger.at > (state.options.triggerMs ?? 3_000)) throw new Refusal('expired_trigger_id');
  const view = newView(args.view);
  trigger.used = true;
  state.views.set(trigger.user, [view]);
  state.changed({ kind: 'view', user: trigger.user });
  return { view };
}

function update(args: Json, state: State): Json {
  for (const [user, stack] of state.views) {
    const index = stack.findIndex(({ id }) => id === args.view_id);
    const current = stack[index];
    if (!current) continue;
    if (args.hash !== undefined && args.hash !== current.hash) throw new Refusal('hash_conflict');
    const view = newView(args.view, current.id);
    stack[index] = view;
    state.changed({ kind: 'view', user });
    return { view };
  }
  throw new Refusal('not_found');
}

export const views: Record<string, Method> = {
  'views.open': { answer: open },
  'views.update': { answer: update },
};
