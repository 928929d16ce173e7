import { text } from './json.ts';
import { contentOf } from './methods/content.ts';
import { Refusal } from './refusal.ts';
import { BOT_USER, type State } from './state.ts';
import type { Json, Message } from './types.ts';

const HALF_AN_HOUR = 30 * 60_000;

/** What a POST to a response_url does: five times within half an hour. Gives the status and body of the answer. */
export function respond(state: State, id: string, body: Json): [status: number, answer: Json | string] {
  const slot = state.responses.get(id);
  if (!slot || slot.uses >= 5 || Date.now() - slot.at > HALF_AN_HOUR) {
    return [404, { ok: false, error: slot ? 'used_url' : 'expired_url' }];
  }
  const content = contentIn(state, body);
  if (!content) return [400, { ok: false, error: 'invalid_blocks' }];
  slot.uses++;
  if (body.delete_original === true && slot.message) {
    state.messages.remove(slot.channel, slot.message.ts);
    state.changed({ kind: 'delete', channel: slot.channel, ts: slot.message.ts });
    return [200, 'ok'];
  }
  if (body.replace_original === true && slot.message) {
    Object.assign(slot.message, content, { edited: slot.message.edited + 1 });
    state.changed({ kind: 'update', channel: slot.channel, ts: slot.message.ts });
    return [200, 'ok'];
  }
  showTo(state, slot, body, content);
  return [200, 'ok'];
}

function contentIn(state: State, body: Json): ReturnType<typeof contentOf> | undefined {
  try {
    return contentOf(body, state);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** What a command is answered with by its address is what that address replaces from then on. */
function showTo(
  state: State,
  slot: { channel: string; user: string; message?: Message },
  body: Json,
  content: Pick<Message, 'text' | 'blocks' | 'attachments'>,
): void {
  const { channel, user } = slot;
  const everyone = body.response_type === 'in_channel';
  const ts = state.nextTs();
  const message: Message = {
    channel,
    ts,
    user: BOT_USER,
    edited: 0,
    ...content,
    ...(text(body.thread_ts) && { thread_ts: text(body.thread_ts) }),
    ...(everyone ? {} : { ephemeralFor: user }),
  };
  state.messages.add(message);
  slot.message ??= message;
  state.changed({ kind: everyone ? 'message' : 'ephemeral', channel, ts, user });
}
