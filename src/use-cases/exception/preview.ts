import { type Exception, matches } from '../../domain/exception.ts';
import { DAY } from '../../domain/time.ts';
import { canBeExempted, type ExceptionNeeds } from './needs.ts';
import { propose } from './propose.ts';
import type { Hidden, PreviewException } from './wish.ts';

/** How far a preview looks back, and at how many alerts at most: somebody waits for it. */
const BACK = 90 * DAY;
const MOST = 2_000;

/** Tells what an exception would have hidden before anybody saves it. */
export const previewException =
  (needs: Pick<ExceptionNeeds, 'alerts' | 'approvable' | 'clock'>): PreviewException =>
  async (wanted) => {
    const proposed = await propose(needs, wanted);
    if (proposed.is !== 'ready') return proposed;
    const { exception } = proposed;
    return { is: 'ready', exception, hidden: await hiddenBy(needs, exception) };
  };

async function hiddenBy(
  { alerts, clock }: Pick<ExceptionNeeds, 'alerts' | 'clock'>,
  { conditions }: Exception,
): Promise<Hidden> {
  const { alerts: found, total } = await alerts.search({
    raisedSince: clock.now() - BACK,
    subject: conditions.user,
    object: conditions.group,
    limit: MOST,
    offset: 0,
  });
  const hidden = found.filter(
    (alert) =>
      canBeExempted(alert) &&
      alert.cause.is === 'match' &&
      matches(conditions, alert.cause.event, alert.cause),
  );
  return { alerts: hidden, looked: found.length, of: total };
}
