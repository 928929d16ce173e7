import { randomUUID } from 'node:crypto';
import { asJson } from './methods/content.ts';
import { APP_ID, BOT_USER, newResponseUrl, newTrigger, type State } from './state.ts';
import type { Json, Member, Message, View } from './types.ts';

const TOKEN = 'standin';

function common(state: State, member: Member): Json {
  const team = { id: member.teamId ?? state.teamId, domain: 'standin' };
  return {
    user: { id: member.id, username: member.name, name: member.name, team_id: team.id },
    team,
    api_app_id: APP_ID,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A press in a message, or in one of its attachments. */
export function pressInMessage(
  state: State,
  member: Member,
  message: Message,
  { action, attachment, values }: { action: Json; attachment?: number; values: Json },
): Json {
  const { channel, ts, thread_ts, ephemeralFor } = message;
  return {
    type: 'block_actions',
    ...common(state, member),
    container: {
      type: attachment ? 'message_attachment' : 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: ephemeralFor !== undefined,
      ...(attachment && { attachment_id: attachment, is_app_unfurl: false }),
      ...(thread_ts && { thread_ts }),
    },
    trigger_id: newTrigger(state, member.id),
    channel: { id: channel, name: state.channels.get(channel)?.name || 'directmessage' },
    message: asJson(message, state),
    state: { values },
    response_url: newResponseUrl(state, channel, member.id, state.messages.find(channel, ts)),
    actions: [action],
  };
}

/** A press in a modal or in the Home tab: no channel, no message, no response_url. */
export function pressInView(state: State, member: Member, view: View, action: Json, values: Json): Json {
  return {
    type: 'block_actions',
    ...common(state, member),
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(state, member.id, view.id),
    view: asView(state, view, values),
    state: { values },
    actions: [action],
  };
}

export function viewSubmission(state: State, member: Member, view: View, values: Json): Json {
  return {
    type: 'view_submission',
    ...common(state, member),
    trigger_id: newTrigger(state, member.id, view.id),
    view: asView(state, view, values),
    response_urls: [],
  };
}

export function viewClosed(state: State, member: Member, view: View, values: Json, cleared: boolean): Json {
  return {
    type: 'view_closed',
    ...common(state, member),
    view: asView(state, view, values),
    is_cleared: cleared,
  };
}

const asView = (state: State, view: View, values: Json): Json => ({
  ...view,
  team_id: state.teamId,
  state: { values },
  app_installed_team_id: state.teamId,
});

export function slashCommand(
  state: State,
  member: Member,
  { channel, command, words }: { channel: string; command: string; words: string },
): Json {
  return {
    token: TOKEN,
    team_id: member.teamId ?? state.teamId,
    team_domain: 'standin',
    channel_id: channel,
    channel_name: state.channels.get(channel)?.name || 'directmessage',
    user_id: member.id,
    user_name: member.name,
    command,
    text: words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    api_app_id: APP_ID,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(state, channel, member.id),
    trigger_id: newTrigger(state, member.id),
  };
}

/** What the Events API puts around an event; a redelivery has the same `event_id`. */
export function eventCallback(state: State, event: Json): Json {
  const { teamId } = state;
  return {
    token: TOKEN,
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: APP_ID,
    event: { ...event, event_ts: state.nextTs() },
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${randomUUID()}`,
  };
}

/** Not an event: it has no `event` inside, which crashes socket-mode 3.1.0. */
export const appRateLimited = ({ teamId }: State): Json => ({
  token: TOKEN,
  type: 'app_rate_limited',
  team_id: teamId,
  minute_rate_limited: Math.floor(Date.now() / 60_000) * 60,
  api_app_id: APP_ID,
});
