import type { Deliver, Delivery } from './delivery.ts';
import { actionOf, type Choice, elementsOf, elementsOfMessage } from './elements.ts';
import type { Events } from './events.ts';
import { filledIn, stateOf, type Values } from './form.ts';
import { object, text } from './json.ts';
import { stackOf } from './modals.ts';
import { pressInMessage, pressInView, slashCommand, viewClosed, viewSubmission } from './payloads.ts';
import { directMessage, type State } from './state.ts';
import type { Json, Member, Message, View } from './types.ts';

/** Somebody at Slack: presses, fills in, types, and sees what is shown to them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Presses what a message shows, or showed: give an old copy to press an old card. */
  press(message: Message, actionId: string, choice?: Choice): Promise<Delivery>;
  /** Presses in the open modal, or in the Home tab where none is open; `values` is what is filled in so far. */
  pressInView(actionId: string, choice?: Choice, values?: Values): Promise<Delivery>;
  /** Fills in the open modal, by action_id, and submits it. */
  submit(values?: Values): Promise<Delivery>;
  /** Cancels the open modal, or closes `all`; the app hears of it where it asked to by `notify_on_close`. */
  closeView(all?: boolean): Promise<Delivery | undefined>;
  /** The open modal, if there is one. */
  view(): View | undefined;
  /** All that are open, the first at the bottom. */
  views(): View[];
  /** What the last submission was answered with for its inputs. */
  errors(): Json;
  command(channel: string, command: string, text?: string): Promise<Delivery>;
  ephemerals(): Message[];
  /** Opens the app's Home tab; the app is told by app_home_opened. */
  openHome(tab?: 'home' | 'messages'): Promise<Delivery>;
  /** What the Home tab shows to this person. */
  home(): View | undefined;
  /** The conversation with the bot, oldest first. */
  directMessages(): Message[];
}

export function person(state: State, deliver: Deliver, events: Events, member: Member): Person {
  const stack = stackOf(state, member.id);
  let errors: Json = {};

  return {
    id: member.id,
    name: member.name,

    press(message, actionId, choice = {}) {
      const { action, attachment } = actionOf(elementsOfMessage(message), actionId, choice);
      const values = withAction(stateOf(message.blocks), action);
      return deliver('interactive', pressInMessage(state, member, message, { action, attachment, values }));
    },

    pressInView(actionId, choice = {}, filled = {}) {
      const view = stack.top() ?? state.homes.get(member.id);
      if (!view) throw new Error(`${member.name} has no view open`);
      const { action } = actionOf(elementsOf(view.blocks), actionId, choice);
      const values = withAction(stateOf(view.blocks, filled), action);
      return deliver('interactive', pressInView(state, member, view, action, values));
    },

    async submit(values = {}) {
      const view = stack.top();
      if (!view) throw new Error(`${member.name} has no modal open`);
      const filled = filledIn(view, values);
      const delivery = await deliver('interactive', viewSubmission(state, member, view, filled));
      if (delivery.acked) errors = stack.answered(view, delivery);
      return delivery;
    },

    async closeView(all = false) {
      const closed = stack.close(all);
      errors = {};
      if (closed?.view.notify_on_close !== true) return undefined;
      const values = stateOf(closed.view.blocks);
      return deliver('interactive', viewClosed(state, member, closed.view, values, closed.cleared));
    },

    view: () => stack.top(),
    views: () => stack.all(),
    errors: () => errors,
    command: (channel, command, words = '') =>
      deliver('slash_commands', slashCommand(state, member, { channel, command, words })),
    ephemerals: () => state.messages.ephemerals(member.id),

    openHome(tab = 'home') {
      const view = state.homes.get(member.id);
      const channel = directMessage(state, member.id).id;
      return events.send({ type: 'app_home_opened', user: member.id, channel, tab, ...(view && { view }) });
    },
    home: () => state.homes.get(member.id),
    directMessages: () => state.messages.seen(directMessage(state, member.id).id),
  };
}

/** What was just chosen counts as chosen in the state that goes with it. */
function withAction(values: Json, { type, block_id, action_id, action_ts, ...chosen }: Json): Json {
  if (type === 'button' || type === 'overflow') return values;
  return {
    ...values,
    [text(block_id)]: { ...object(values[text(block_id)]), [text(action_id)]: { type, ...chosen } },
  };
}
