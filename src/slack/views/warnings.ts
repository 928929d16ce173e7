import { succeeded } from '../../domain/actor.ts';
import type { Alert, RelatedRecord } from '../../domain/alert.ts';
import { code, type Mrkdwn, mrkdwn, prose } from '../text.ts';

/** What should catch the eye before anything else. */
export function warnings(alert: Alert): Mrkdwn[] {
  if (alert.cause.is === 'unreadable') return [];
  const { event, subject } = alert.cause;
  const found: (Mrkdwn | false | undefined)[] = [
    event.actor.type === 'IAMUser' &&
      subject?.toLowerCase() === event.actor.name.toLowerCase() &&
      (succeeded(event)
        ? mrkdwn`⚠️ The actor added *themself*.`
        : mrkdwn`⚠️ The actor tried to add *themself*.`),
    event.actor.type === 'Root' && mrkdwn`⚠️ The *root user* did it.`,
    event.actor.delegateAccount !== undefined &&
      mrkdwn`⚠️ Done by the product provider ${code(event.actor.delegateAccount)} through *temporary delegated access*.`,
    event.addendum &&
      mrkdwn`🕒 CloudTrail delivered this late or rewrote it (${prose(event.addendum.reason, 100)}).`,
    ...alert.related.map(relatedWarning),
  ];
  return found.filter((one) => one instanceof Object);
}

function relatedWarning({ relation, updatedFields }: RelatedRecord): Mrkdwn {
  if (relation === 'correction')
    return mrkdwn`✏️ CloudTrail has corrected this record (${prose(updatedFields ?? 'fields not named', 100)}).`;
  return relation === 'own-action'
    ? mrkdwn`🤖 CloudTrail has recorded what Groupwatch did about it; that raised no alert of its own.`
    : mrkdwn`🔁 CloudTrail has recorded this call again under another event ID.`;
}
