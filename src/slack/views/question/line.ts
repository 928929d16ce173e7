import { z } from 'zod';
import { ANSWERS, ASKED } from '../../../domain/question.ts';
import type { AuditEntry } from '../../../ports/audit.ts';
import { code, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { ANSWER_SIGNS, ANSWER_WORDS } from './words.ts';

/** What entries about a question tell; old and new ones may leave any of it out. */
const facts = z.object({
  asked: z.enum(ASKED).catch('actor'),
  askedBy: z.string().optional().catch(undefined),
  to: z.string().catch(''),
  email: z.string().catch(''),
  where: z.string().catch(''),
  said: z.enum(ANSWERS).catch('unsure'),
  comment: z.string().optional().catch(undefined),
  score: z.number().catch(0),
  severity: z.string().catch(''),
  before: z.object({ score: z.number(), severity: z.string() }).optional().catch(undefined),
});

/** One act about a question as one line of the alert's thread; nothing when it isn't one. */
export function questionLine(
  { what, facts: given }: Pick<AuditEntry, 'what' | 'facts'>,
  who: Mrkdwn,
  responders: readonly string[],
): Mrkdwn | undefined {
  const told = facts.parse(given);
  switch (what) {
    case 'question-asked':
      return mrkdwn`❓ ${who} asked ${person(told.to)}, as ${ROLE[told.asked]}, by direct message: ${ASKING[told.asked]} Found by the ${prose(told.where, 200)}: ${code(told.email, 100)}`;
    case 'question-answered':
      return answerLine(told, who, responders);
    case 'question-unanswered':
      return mrkdwn`⏳ ${person(told.to)}, asked as ${ROLE[told.asked]}, has not answered within 30 minutes. A late answer still counts.`;
    case 'answer-refused':
      return mrkdwn`🚫 ${who} tried to answer what others were asked, or to answer again.`;
    case 'question-not-asked':
      return mrkdwn`❓ ${who} wanted ${ROLE[told.asked]} asked, and nobody was asked.`;
    default:
      return undefined;
  }
}

const ROLE = { actor: 'the actor', owner: 'the owner' } as const;
const ASKING = { actor: 'was it you?', owner: 'do you know about it?' } as const;

function answerLine(
  { asked, askedBy, said, comment, score, severity, before }: z.infer<typeof facts>,
  who: Mrkdwn,
  responders: readonly string[],
): Mrkdwn {
  // Where nobody is set up as a responder, whoever asked wants to know.
  const called = responders.length > 0 || askedBy === undefined ? responders : [askedBy];
  const words = comment === undefined ? mrkdwn`.` : mrkdwn`: ${prose(comment, 500)}`;
  const rises = before !== undefined && score > before.score;
  return join(
    [
      mrkdwn`${ANSWER_SIGNS[said]} ${who}, asked as ${ROLE[asked]}, answers *${ANSWER_WORDS[asked][said]}*${words}`,
      rises &&
        mrkdwn`The score rises from ${before.score} to *${score}*, ${before.severity} → *${severity}*.`,
      said === 'no' && called.length > 0 && mrkdwn`${join(called.map(person), ' ')} please look.`,
    ],
    '\n',
  );
}
