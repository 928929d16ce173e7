import { checkAttachments, checkBlocks, type Violation } from '../block-kit.ts';
import { isObject, list, object, text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import type { Json, Message } from '../types.ts';

/** Text, blocks and attachments of a message, when Slack would take them; else throws what Slack says. */
export function contentOf(args: Json, state: State): Pick<Message, 'text' | 'blocks' | 'attachments'> {
  const attachments = list(args.attachments).filter(isObject);
  if (attachments.length > 100) throw new Refusal('too_many_attachments');
  refuseAny(
    [
      ...(args.blocks === undefined ? [] : checkBlocks(args.blocks, 'message')),
      ...(args.attachments === undefined ? [] : checkAttachments(args.attachments)),
    ],
    state,
    [args.blocks, attachments],
  );
  return {
    text: text(args.text),
    blocks: list(args.blocks).filter(isObject),
    ...(attachments.length > 0 && { attachments }),
  };
}

function refuseAny(violations: Violation[], state: State, shown: unknown): void {
  const missing = picturesIn(shown).filter((id) => !state.files.has(id));
  const all = [...violations, ...missing.map((id) => ({ pointer: '', message: `invalid slack file ${id}` }))];
  if (all.length === 0) return;
  const tooLong = all.some(({ message }) => message.endsWith('characters in all'));
  const messages = all.map(({ pointer, message }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
  throw new Refusal(tooLong ? 'msg_blocks_too_long' : 'invalid_blocks', { response_metadata: { messages } });
}

/** Ids of the uploaded pictures that blocks show. */
function picturesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(picturesIn);
  if (!isObject(value)) return [];
  const id = text(object(value.slack_file).id);
  return [...(id ? [id] : []), ...Object.values(value).flatMap(picturesIn)];
}

/** The metadata of a message; throws when it is too large. */
export function metadataOf(value: unknown): Message['metadata'] {
  const { event_type, event_payload } = object(value);
  if (typeof event_type !== 'string') return undefined;
  if (JSON.stringify(value).length > 8_000) throw new Refusal('metadata_too_large');
  return { event_type, event_payload: object(event_payload) };
}

/** A message as the Web API shows it. */
export function asJson(message: Message, state: State, metadata: Json | undefined = message.metadata): Json {
  const { ts, text: said, blocks, attachments, files, user, thread_ts, broadcast } = message;
  return {
    type: 'message',
    ts,
    text: said,
    blocks,
    user,
    ...(attachments && { attachments: attachments.map((one, n) => ({ id: n + 1, ...one })) }),
    ...(files && { files: files.map((id) => fileOf(state, id)) }),
    ...(metadata && { metadata }),
    ...(thread_ts && { thread_ts }),
    ...(broadcast && { subtype: 'thread_broadcast' }),
  };
}

/** A file as the Web API shows it. */
export function fileOf(state: State, id: string): Json {
  const file = state.files.get(id);
  return {
    id,
    name: file?.name,
    title: file?.title,
    alt_txt: file?.altText,
    size: file?.bytes.length,
    url_private: `${state.baseUrl}/files/${id}`,
  };
}
