import type { Alert } from '../domain/alert.ts';
import type { BurstStore } from '../ports/bursts.ts';
import type { Handled, Job } from '../ports/jobs.ts';
import type { MessageStore } from '../ports/messages.ts';

interface Needs {
  bursts: BurstStore;
  messages: Pick<MessageStore, 'redraw'>;
  giveCard: (alertId: string) => Promise<boolean>;
  /** So many alerts of one digest may turn out to need a card. */
  most: number;
  wake: () => void;
}

/**
 * Draws a digest anew after its alerts have changed, and gives a card to those that turned out to be high or critical,
 * the riskiest first: among five thousand harmless additions nobody may hide the one that isn't.
 */
export const tendDigest =
  ({ bursts, messages, giveCard, most, wake }: Needs) =>
  async ({ subject: id }: Job): Promise<Handled> => {
    const all = await bursts.ofDigest(id);
    const room = Math.max(0, most - all.filter(({ card }) => card).length);
    const grave = all
      .filter(({ alert, card }) => !card && isGrave(alert))
      .sort((one, other) => other.alert.riskScore - one.alert.riskScore);
    for (const { alert } of grave.slice(0, room)) await giveCard(alert.id);
    await messages.redraw(`digest:${id}`);
    wake();
    return { is: 'done' };
  };

const isGrave = ({ severity, handling }: Alert): boolean =>
  handling.is !== 'resolved' && (severity === 'high' || severity === 'critical');
