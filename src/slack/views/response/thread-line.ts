import { z } from 'zod';
import { code, join, type Mrkdwn, mrkdwn, prose } from '../../text.ts';
import { findingWords } from './finding.ts';

/** What entries about a response tell; old and new ones may leave any of it out. */
const facts = z.object({
  action: z.string().catch(''),
  target: z.string().catch(''),
  group: z.string().optional().catch(undefined),
  reason: z.string().catch(''),
  why: z.string().catch(''),
  step: z.string().catch(''),
  findings: z.array(z.object({ is: z.string(), what: z.string(), detail: z.string().optional() })).catch([]),
});
type Facts = z.infer<typeof facts>;

/** One act about a response as one line of the alert's thread; nothing when it isn't one. */
export function responseLine(
  { what, facts: given }: { what: string; facts: Record<string, unknown> },
  who: Mrkdwn,
): Mrkdwn | undefined {
  const told = facts.parse(given);
  const deed = deedOf(told);
  const because = told.why ? mrkdwn`: ${prose(told.why)}` : mrkdwn`.`;
  switch (what) {
    case 'response-requested':
      return mrkdwn`✋ ${who} asks to ${deed}: ${prose(told.reason)}`;
    case 'response-approved':
      return mrkdwn`👍 ${who} approved the request to ${deed}.`;
    case 'response-denied':
      return mrkdwn`⛔ ${who} denied the request to ${deed}: ${prose(told.reason)}`;
    case 'response-withdrawn':
      return mrkdwn`↩️ ${who} withdrew the request to ${deed}.`;
    case 'response-expired':
      return mrkdwn`⌛ Nobody decided in time: the request to ${deed} has expired.`;
    case 'response-retried':
      return mrkdwn`🔁 ${who} lets it go on: ${deed}.`;
    case 'response-started':
      return mrkdwn`⚙️ ${who} begins to ${deed}.`;
    case 'response-refused':
      return mrkdwn`⛔ Not carried out, nothing was changed in AWS: ${deed}${because}`;
    case 'response-stopped':
      return mrkdwn`🛑 Stopped half-way: ${deed}${because}\nThe request's card tells what stands, and what to do.`;
    case 'response-done':
      return mrkdwn`✅ Done: ${deed}.`;
    case 'response-undone':
      return mrkdwn`↩️ Taken back: ${deed}.`;
    case 'response-by-hand':
      return mrkdwn`✅ ${who} has run the step ${code(told.step, 160)} of the runbook to ${deed}.`;
    case 'response-finding':
      return join([mrkdwn`🔎 Looked again after the response to ${deed}:`, ...found(told)], '\n');
    default:
      return undefined;
  }
}

const MOST_FINDINGS = 6;

function found({ findings }: Facts): Mrkdwn[] {
  const lines = findings.slice(0, MOST_FINDINGS).map((one) => findingWords(one));
  const left = findings.length - lines.length;
  return left > 0 ? [...lines, mrkdwn`… and ${left} more, on the request's card.`] : lines;
}

function deedOf({ action, target, group }: Facts): Mrkdwn {
  const name = code(target, 64);
  if (action === 'disable-user') return mrkdwn`disable the user ${name}`;
  if (action === 'revoke-sessions') return mrkdwn`revoke the open sessions of the role ${name}`;
  if (action === 'undo') return mrkdwn`take back what ${name} did`;
  if (action !== 'remove-from-group') return mrkdwn`act on ${name}`;
  return group === undefined
    ? mrkdwn`take the user ${name} out of the group again`
    : mrkdwn`take the user ${name} out of the group ${code(group, 128)} again`;
}
