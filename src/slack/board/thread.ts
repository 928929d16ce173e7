import type { Drawing, Message, MessageStore } from '../../ports/messages.ts';

/** What stands in the channel, or in a conversation, itself. */
export const TOP: readonly Drawing['of'][] = ['card', 'copy', 'notice', 'question', 'digest'];

/** The message that another one stands under; nothing for what stands under none. Throws when it isn't posted yet. */
export async function threadOf(
  messages: Pick<MessageStore, 'cardOf' | 'find'>,
  { drawing }: Pick<Message, 'drawing'>,
): Promise<string | undefined> {
  if (TOP.includes(drawing.of)) return undefined;
  const above = 'alertId' in drawing ? messages.cardOf(drawing.alertId) : aboveFile(messages, drawing);
  const ts = (await above)?.ts;
  if (!ts) throw new Error(`what ${JSON.stringify(drawing)} stands under isn't posted yet`);
  return ts;
}

async function aboveFile(
  messages: Pick<MessageStore, 'find'>,
  drawing: Drawing,
): Promise<Message | undefined> {
  return drawing.of === 'digest-file' ? messages.find(`digest:${drawing.digest.id}`) : undefined;
}
