import type { Deliver, Delivery } from './delivery.ts';
import { actionOf, type Choice } from './elements.ts';
import { filledIn } from './form.ts';
import { object } from './json.ts';
import { newView } from './methods/views.ts';
import { APP_ID, newResponseUrl, newTrigger, type State } from './state.ts';
import type { Json, Member, Message, View } from './types.ts';

/** Somebody at Slack: presses, fills in, types, and sees what is shown to them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Presses what a message shows, or showed: give an old copy to press an old card. */
  press(message: Message, actionId: string, choice?: Choice): Promise<Delivery>;
  /** Fills in the open modal, by action_id, and submits it. */
  submit(values?: Record<string, string>): Promise<Delivery>;
  closeView(): void;
  /** The open modal, if there is one. */
  view(): View | undefined;
  /** What the last submission was answered with for its inputs. */
  errors(): Json;
  command(channel: string, command: string, text?: string): Promise<Delivery>;
  ephemerals(): Message[];
}

export function person(state: State, deliver: Deliver, member: Member): Person {
  let errors: Json = {};
  const team = { id: member.teamId ?? state.teamId, domain: 'standin' };
  const user = { id: member.id, username: member.name, name: member.name, team_id: team.id };
  const common = () => ({
    user,
    team,
    api_app_id: APP_ID,
    token: 'standin',
    enterprise: null,
    is_enterprise_install: false,
  });
  const stack = (): View[] => state.views.get(member.id) ?? [];

  function answered(view: View, { ackPayload, acked }: Delivery): void {
    if (!acked) return;
    const answer = object(ackPayload);
    errors = {};
    if (answer.response_action === 'errors') errors = object(answer.errors);
    else if (answer.response_action === 'update') stack()[stack().length - 1] = newView(answer.view, view.id);
    else if (answer.response_action === 'push') stack().push(newView(answer.view));
    else if (answer.response_action === 'clear') state.views.set(member.id, []);
    else
      state.views.set(
        member.id,
        stack().filter(({ id }) => id !== view.id),
      );
    state.changed({ kind: 'view', user: member.id });
  }

  return {
    id: member.id,
    name: member.name,

    press(message, actionId, choice = {}) {
      const action = actionOf(message.blocks, actionId, choice);
      const original = state.messages.find(
        ({ channel, ts }) => channel === message.channel && ts === message.ts,
      );
      const { channel, ts, thread_ts } = message;
      return deliver('interactive', {
        type: 'block_actions',
        ...common(),
        container: {
          type: 'message',
          message_ts: ts,
          channel_id: channel,
          is_ephemeral: !!message.ephemeralFor,
          ...(thread_ts && { thread_ts }),
        },
        trigger_id: newTrigger(state, member.id),
        channel: { id: channel, name: state.channels.get(channel)?.name ?? 'directmessage' },
        message: {
          type: 'message',
          ts,
          user: message.user,
          text: message.text,
          blocks: message.blocks,
          ...(thread_ts && { thread_ts }),
        },
        state: { values: {} },
        response_url: newResponseUrl(state, channel, member.id, original),
        actions: [action],
      });
    },

    async submit(values = {}) {
      const view = stack().at(-1);
      if (!view) throw new Error(`${member.name} has no modal open`);
      const delivery = await deliver('interactive', {
        type: 'view_submission',
        ...common(),
        trigger_id: newTrigger(state, member.id),
        view: { ...view, team_id: team.id, state: { values: filledIn(view, values) }, app_id: APP_ID },
        response_urls: [],
      });
      answered(view, delivery);
      return delivery;
    },

    closeView() {
      stack().pop();
      state.changed({ kind: 'view', user: member.id });
    },

    view: () => stack().at(-1),
    errors: () => errors,

    command(channel, command, text = '') {
      return deliver('slash_commands', {
        token: 'standin',
        team_id: team.id,
        team_domain: team.domain,
        channel_id: channel,
        channel_name: state.channels.get(channel)?.name ?? '',
        user_id: member.id,
        user_name: member.name,
        command,
        text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        api_app_id: APP_ID,
        is_enterprise_install: 'false',
        response_url: newResponseUrl(state, channel, member.id),
        trigger_id: newTrigger(state, member.id),
      });
    },

    ephemerals: () => state.messages.filter(({ ephemeralFor }) => ephemeralFor === member.id),
  };
}
