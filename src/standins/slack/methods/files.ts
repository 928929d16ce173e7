import { randomUUID } from 'node:crypto';
import { isObject, list, object, text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { BOT_USER, type State } from '../state.ts';
import type { Json, Message } from '../types.ts';
import { contentOf } from './content.ts';
import { type Method, writableChannel } from './method.ts';

function announce(args: Json, state: State): Json {
  const name = text(args.filename);
  const length = Number(args.length);
  if (!name || !Number.isInteger(length) || length < 1) throw new Refusal('invalid_arguments');
  const id = `F${randomUUID().slice(0, 8).toUpperCase()}`;
  // The SDK says alt_text where the reference says alt_txt.
  state.uploads.set(id, { name, length, altText: text(args.alt_txt) || text(args.alt_text) || undefined });
  return { upload_url: `${state.baseUrl}/upload/${id}`, file_id: id };
}

function complete(args: Json, state: State): Json {
  const wanted = list(args.files).map(object);
  if (wanted.length === 0) throw new Refusal('invalid_arguments');
  const channel =
    args.channel_id === undefined ? undefined : writableChannel({ channel: args.channel_id }, state);
  const thread = text(args.thread_ts);
  if (channel && thread && !state.messages.find(channel.id, thread)) throw new Refusal('thread_not_found');
  const content = contentOf({ text: args.initial_comment, blocks: args.blocks }, state);
  const ids = wanted.map(({ id }) => text(id));
  if (ids.some((id) => !state.uploads.get(id)?.bytes)) throw new Refusal('file_not_found');
  for (const { id: given, title } of wanted) {
    const id = text(given);
    const { name = '', altText, bytes = Buffer.alloc(0) } = state.uploads.get(id) ?? {};
    state.files.set(id, { id, name, title: text(title) || name, altText, bytes });
    state.uploads.delete(id);
  }
  if (channel) {
    const shared: Message = {
      channel: channel.id,
      ts: state.nextTs(),
      user: BOT_USER,
      edited: 0,
      ...content,
      files: ids,
      ...(thread && { thread_ts: thread }),
    };
    state.messages.add(shared);
    state.changed({ kind: 'message', channel: channel.id, ts: shared.ts });
  }
  return { files: ids.map((id) => ({ id, title: state.files.get(id)?.title })) };
}

/** Takes what was announced: as the field of a form, or as it is. Gives the status and text of the answer. */
export async function upload(
  state: State,
  id: string,
  body: Buffer,
  contentType: string,
): Promise<[status: number, answer: string]> {
  const announced = state.uploads.get(id);
  if (!announced) return [404, 'there is no such upload'];
  const bytes = contentType.startsWith('multipart/form-data') ? await fieldOf(body, contentType) : body;
  if (bytes.length !== announced.length) {
    return [400, `${bytes.length} bytes came, ${announced.length} were announced`];
  }
  announced.bytes = bytes;
  return [200, `OK - ${bytes.length}`];
}

async function fieldOf(body: Buffer, contentType: string): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const value of form.values()) {
    if (typeof value === 'string') return Buffer.from(value);
    if (isObject(value)) return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': { scope: 'files:write', answer: announce },
  'files.completeUploadExternal': { scope: 'files:write', answer: complete },
};
