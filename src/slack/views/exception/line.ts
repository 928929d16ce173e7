import { z } from 'zod';
import type { AuditEntry } from '../../../ports/audit.ts';
import { code, type Mrkdwn, mrkdwn } from '../../text.ts';

const facts = z.object({ exception: z.string().catch('') });

/** One act about an exception as one line of the alert's thread; nothing when it isn't one. */
export function exceptionLine(
  { what, facts: given }: Pick<AuditEntry, 'what' | 'facts'>,
  who: Mrkdwn,
): Mrkdwn | undefined {
  const name = mrkdwn`the exception ${code(facts.parse(given).exception, 40)}`;
  switch (what) {
    case 'exception-added':
      return mrkdwn`🙈 ${who} added ${name}.`;
    case 'exception-approved':
      return mrkdwn`👍 ${who} approved ${name}: it is in force now.`;
    case 'exception-denied':
      return mrkdwn`⛔ ${who} denied ${name}.`;
    case 'exception-ended':
      return mrkdwn`🏁 ${who} ended ${name}: such additions raise alerts again.`;
    case 'exception-expired':
      return mrkdwn`⌛ The time of ${name} is over: such additions raise alerts again.`;
    case 'exception-expires':
      return mrkdwn`⏳ The channel was told that ${name} ends soon.`;
    default:
      return undefined;
  }
}
