import { randomUUID } from 'node:crypto';
import { checkView } from '../block-kit.ts';
import { isObject, list, object, text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { APP_ID, type State, type Trigger } from '../state.ts';
import type { Json, View } from '../types.ts';
import type { Method } from './method.ts';

/** A modal may have two more on top of it. */
const MOST_VIEWS = 3;

type Place = Partial<Pick<View, 'id' | 'root_view_id' | 'previous_view_id'>>;

/** A view as Slack keeps it; throws what Slack would refuse. */
export function newView(given: unknown, place: Place = {}): View {
  const violations = checkView(given);
  if (violations.length > 0) {
    const messages = violations.map(
      ({ pointer, message }) => `[ERROR] ${message} [json-pointer:/view${pointer}]`,
    );
    const tooLarge = violations.some(({ message }) => message === 'over 250 kB');
    throw new Refusal(tooLarge ? 'view_too_large' : 'invalid_arguments', { response_metadata: { messages } });
  }
  const view = object(given);
  const id = place.id ?? `V${randomUUID().slice(0, 8).toUpperCase()}`;
  return {
    ...view,
    root_view_id: id,
    previous_view_id: null,
    ...place,
    id,
    app_id: APP_ID,
    bot_id: 'B0BOT',
    hash: `${Date.now()}.${randomUUID().slice(0, 8)}`,
    type: text(view.type),
    callback_id: text(view.callback_id),
    private_metadata: text(view.private_metadata),
    external_id: text(view.external_id),
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    blocks: list(view.blocks).filter(isObject),
  };
}

/** The place of `view` on a stack when it is put on top. */
export const onTopOf = (stack: readonly View[]): Place => ({
  ...(stack[0] && { root_view_id: stack[0].id }),
  previous_view_id: stack.at(-1)?.id ?? null,
});

/** The trigger of `args`, when it is still good; it is used up by `spend`. */
function triggerOf(args: Json, state: State): Trigger {
  const trigger = state.triggers.get(text(args.trigger_id));
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (Date.now() - trigger.at > (state.options.triggerMs ?? 3_000)) throw new Refusal('expired_trigger_id');
  return trigger;
}

function refuseKnownExternalId(view: View, state: State): void {
  const others = [...state.views.values()].flat().filter(({ id }) => id !== view.id);
  if (view.external_id && others.some((one) => one.external_id === view.external_id))
    throw new Refusal('duplicate_external_id');
}

function modal(given: unknown, place: Place, state: State): View {
  const view = newView(given, place);
  if (view.type !== 'modal') throw new Refusal('invalid_arguments');
  refuseKnownExternalId(view, state);
  return view;
}

function open(args: Json, state: State): Json {
  const trigger = triggerOf(args, state);
  const view = modal(args.view, {}, state);
  trigger.used = true;
  state.views.set(trigger.user, [view]);
  state.changed({ kind: 'view', user: trigger.user });
  return { view };
}

/** On top of the modal that the trigger came from. */
function push(args: Json, state: State): Json {
  const trigger = triggerOf(args, state);
  const stack = state.views.get(trigger.user) ?? [];
  if (!trigger.viewId || !stack.some(({ id }) => id === trigger.viewId)) throw new Refusal('not_found');
  if (stack.length >= MOST_VIEWS) throw new Refusal('push_limit_reached');
  const view = modal(args.view, onTopOf(stack), state);
  trigger.used = true;
  stack.push(view);
  state.changed({ kind: 'view', user: trigger.user });
  return { view };
}

function update(args: Json, state: State): Json {
  const asked = (view: View): boolean =>
    args.view_id === undefined
      ? view.external_id !== '' && view.external_id === args.external_id
      : view.id === args.view_id;
  for (const [user, stack] of state.views) {
    const index = stack.findIndex(asked);
    const current = stack[index];
    if (!current) continue;
    if (args.hash !== undefined && args.hash !== current.hash) throw new Refusal('hash_conflict');
    const { id, root_view_id, previous_view_id } = current;
    const view = modal(args.view, { id, root_view_id, previous_view_id }, state);
    stack[index] = view;
    state.changed({ kind: 'view', user });
    return { view };
  }
  throw new Refusal('not_found');
}

/** The Home tab of one person, in place of the one before. */
function publish(args: Json, state: State): Json {
  if (state.options.homeTab === false) throw new Refusal('not_enabled');
  const user = text(args.user_id);
  if (!state.members.has(user)) throw new Refusal('user_not_found');
  const current = state.homes.get(user);
  if (args.hash !== undefined && args.hash !== current?.hash) throw new Refusal('hash_conflict');
  const view = newView(args.view, { id: current?.id });
  if (view.type !== 'home') throw new Refusal('invalid_arguments');
  state.homes.set(user, view);
  state.changed({ kind: 'home', user });
  return { view };
}

export const views: Record<string, Method> = {
  'views.open': { answer: open },
  'views.push': { answer: push },
  'views.update': { answer: update },
  'views.publish': { answer: publish },
};
