import { z } from 'zod';
import { type Alert, VERDICTS } from '../../domain/alert.ts';
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import type { AuditEntry } from '../../ports/audit.ts';
import type { Rule } from '../../rules/rule.ts';
import { section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../text.ts';
import { exceptionLine } from './exception/line.ts';
import { questionLine } from './question/line.ts';
import { reminderLine } from './reminder-line.ts';
import { responseLine } from './response/thread-line.ts';
import { SIGN } from './sentence.ts';
import { VERDICT_WORDS } from './status-line.ts';

const facts = z.object({
  to: z.string().optional(),
  until: z.number().optional(),
  verdict: z.enum(VERDICTS).optional(),
  note: z.string().optional(),
  step: z.string().optional(),
  state: z.enum(['open', 'done', 'not-applicable']).optional(),
  user: z.string().optional(),
  reason: z.string().optional(),
  act: z.string().optional(),
  because: z.string().optional(),
  score: z.number().optional(),
  severity: z.enum(SEVERITIES).optional(),
  before: z.enum(SEVERITIES).optional(),
});

/** Whom a severity that rises is told, by mentioning them, from which one on. */
export interface Mention {
  who: readonly string[];
  from: Severity | 'never';
}

interface Audience {
  approvers: readonly string[];
  mention: Mention;
}

/** One act as one line of the alert's thread. */
export function line(alert: Alert, entry: AuditEntry, rule: Rule, { approvers, mention }: Audience): Drawn {
  const reminder = entry.what === 'remind' ? reminderLine(entry.facts) : undefined;
  const said =
    reminder?.said ??
    (entry.what === 'assess'
      ? risen(alert, entry, mention)
      : wording(alert, entry, rule, { approvers, mention }));
  return { text: said.text, blocks: [section(said)], ...(reminder?.broadcast && { broadcast: true }) };
}

function wording(
  alert: Alert,
  { what, by, facts: given }: AuditEntry,
  rule: Rule,
  { approvers, mention }: Audience,
): Mrkdwn {
  const who = by ? person(by.id) : mrkdwn`Groupwatch`;
  const { to, until, verdict, note, step, state, user, reason, act, because } = facts.catch({}).parse(given);
  const title = rule.guide.find(({ id }) => id === step)?.title ?? step ?? '';
  switch (what) {
    case 'acknowledge':
      return mrkdwn`👀 ${who} is looking into it.`;
    case 'assign':
      return to === by?.id ? mrkdwn`${who} took it on.` : mrkdwn`${who} assigned it to ${person(to ?? '')}.`;
    case 'snooze':
      return mrkdwn`💤 ${who} snoozed it until ${date(until ?? alert.raisedAt)}.`;
    case 'wake':
      return mrkdwn`⏰ The snooze is over${to ? mrkdwn`, ${person(to)}` : ''}.`;
    case 'resolve':
      return mrkdwn`🏁 ${who} resolved it as *${verdict ? VERDICT_WORDS[verdict] : ''}*: ${prose(note ?? '')}`;
    case 'reopen':
      return mrkdwn`↩️ ${who} reopened it.`;
    case 'show-card':
      return mrkdwn`🗂️ ${who} asked for its card.`;
    case 'open-guide':
      return mrkdwn`📖 ${who} opened the guide.`;
    case 'mark-step':
      if (state === 'open') return mrkdwn`⬜ ${who} reopened the step *${title}*.`;
      return state === 'done'
        ? mrkdwn`✅ ${who} marked *${title}* as done.`
        : mrkdwn`➖ ${who} marked *${title}* as not applicable.`;
    case 'note-step':
      return mrkdwn`📝 ${who} noted on *${title}*: ${prose(note ?? '')}`;
    case 'request-disablement':
      return mrkdwn`✋ ${who} requests that the user ${code(user ?? '', 128)} of the account ${code(alert.account, 20)} be disabled: ${reason ?? ''}\n${asked(approvers)}`;
    case 'corrected':
      return mrkdwn`✏️ CloudTrail has corrected the record of this event.`;
    case 'linked':
      return mrkdwn`🔁 CloudTrail has recorded this call again; it is the same alert.`;
    case 'refused':
      return mrkdwn`🚫 ${who} tried to ${act ?? ''}: ${because ?? 'refused'}.`;
    case 'denied':
      return mrkdwn`🔒 ${who} tried, and may not act.`;
    default:
      return (
        responseLine({ what, facts: given }, who) ??
        exceptionLine({ what, facts: given }, who) ??
        questionLine({ what, facts: given }, who, mention.who) ??
        mrkdwn`${who}: ${what}`
      );
  }
}

/** That an alert matters more than it seemed, and why. */
function risen({ assessment }: Alert, { facts: given }: AuditEntry, { who, from }: Mention): Mrkdwn {
  const { score, severity = 'low', before = 'low' } = facts.catch({}).parse(given);
  const why = assessment?.factors.slice(0, 3).map(({ title }) => title) ?? [];
  const rank = (one: Severity): number => SEVERITIES.indexOf(one);
  const mentioned = from !== 'never' && rank(severity) >= rank(from) && rank(before) < rank(from);
  return mrkdwn`${SIGN[severity]} The severity rose from ${before} to *${severity}*, score ${score ?? '?'}: ${why.join('; ')}.${
    mentioned && who.length > 0
      ? mrkdwn`
${join(who.map(person), ' ')} please look.`
      : ''
  }`;
}

function asked(approvers: readonly string[]): Mrkdwn {
  if (approvers.length === 0) return mrkdwn`Nobody is set up to approve: set \`APPROVERS\`.`;
  return mrkdwn`${join(approvers.map(person), ' ')} please decide, and carry it out in AWS. Groupwatch has recorded it and changes nothing by itself.`;
}
