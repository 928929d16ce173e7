import type { Message, MessageStore } from '../../ports.ts';

/** The card that a message stands under; nothing for what stands in the channel itself. Throws when it isn't posted yet. */
export async function threadOf(
  messages: Pick<MessageStore, 'cardOf'>,
  { drawing }: Message,
): Promise<string | undefined> {
  if (drawing.of === 'card' || drawing.of === 'notice' || drawing.of === 'question') return undefined;
  const ts = (await messages.cardOf(drawing.alertId))?.ts;
  if (!ts) throw new Error(`the card of alert ${drawing.alertId} isn't posted yet`);
  return ts;
}
