import { SECOND } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Message } from '../ports/messages.ts';
import type { Instruments } from './instruments.ts';

/** Measures, for each card that has just been posted, how long its alert had waited for Slack. */
export function timedPosts(
  alerts: Pick<AlertStore, 'find'>,
  clock: Clock,
  { slackDelay }: Pick<Instruments, 'slackDelay'>,
): (message: Message) => void {
  return ({ drawing }) => {
    if (drawing.of !== 'card') return;
    const at = clock.now();
    alerts.find(drawing.alertId).then(
      (alert) => alert && slackDelay.observe(Math.max(0, at - alert.raisedAt) / SECOND),
      () => undefined,
    );
  };
}
