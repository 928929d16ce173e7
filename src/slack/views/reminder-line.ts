import { z } from 'zod';
import { SEVERITIES } from '../../domain/severity.ts';
import { spanInWords } from '../../domain/time.ts';
import { everyone, join, type Mrkdwn, mrkdwn, person } from '../text.ts';

/** What the entry about a reminder tells. */
const facts = z.object({
  number: z.number(),
  of: z.number(),
  to: z.array(z.string()),
  everyone: z.boolean(),
  severity: z.enum(SEVERITIES),
  waited: z.number(),
});

/** A Slack message mentions no more than this sensibly; user groups are for more. */
const MOST = 20;

/** A reminder as a line of the thread; who is called by nobody's name is called by seeing it in the channel. */
export function reminderLine(given: unknown): { said: Mrkdwn; broadcast: boolean } | undefined {
  const parsed = facts.safeParse(given);
  if (!parsed.success) return undefined;
  const { number, of, to, severity, waited, everyone: all } = parsed.data;
  const last = number === of ? ', the last' : '';
  const called = all ? mrkdwn`${everyone()} ` : mrkdwn`${join(to.slice(0, MOST).map(person), ' ')} `;
  return {
    said: mrkdwn`🔔 ${to.length > 0 || all ? called : ''}*Nobody has taken this ${severity} alert for ${spanInWords(waited)}.* Reminder ${number} of ${of}${last}.`,
    broadcast: all || to.length === 0,
  };
}
