import type { AlertId } from '../domain/alert.ts';
import type { MessageStore } from '../ports/messages.ts';

/** Slack's address of an alert's card, once it is posted; without asking Slack. */
export type PermalinkOf = (alertId: AlertId) => Promise<string | undefined>;

export const permalinks =
  (messages: MessageStore, workspaceUrl: string): PermalinkOf =>
  async (alertId) => {
    const card = await messages.cardOf(alertId);
    return card?.ts && `${workspaceUrl}archives/${card.channel}/p${card.ts.replace('.', '')}`;
  };
