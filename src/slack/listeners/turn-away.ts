import { MINUTE } from '../../domain/time.ts';
import type { Doer } from '../../ports/audit.ts';
import type { Desk } from '../desk.ts';
import type { Denial } from '../people.ts';
import type { Mrkdwn } from '../text.ts';
import { notAllowed } from '../views/refusal.ts';

interface Attempt {
  /** The button, modal or command. */
  action: string;
  /** What it carries; an alert's id may be in it. */
  carries: readonly string[];
}

const ALERT_ID = /^GW-[2-9A-HJ-NP-Z]{12}$/;
const RESPONSE_ID = /^RS-[0-9A-F]{10}$/;
const EXCEPTION_ID = /^EX-[0-9A-F]{10}$/;
const QUESTION_ID = /^QU-[0-9A-F]{10}$/;

/**
 * Puts on record who tried what without being allowed to, and says why not. One entry a person and minute of the
 * clock: a stranger who presses all day long must not fill the disk. The log has every attempt.
 */
export async function turnAway(desk: Desk, by: Doer, denial: Denial, attempt: Attempt): Promise<Mrkdwn> {
  const { action, carries } = attempt;
  const at = desk.clock.now();
  desk.log.warn({ user: by.id, team: by.team, action, denial }, 'refused somebody who may not act');
  const responseId = carries.find((part) => RESPONSE_ID.test(part));
  const about = await aboutOf(desk, carries);
  await desk.audit.record({
    at,
    by,
    what: 'denied',
    alertId: about?.alertId ?? carries.find((part) => ALERT_ID.test(part)),
    responseId,
    facts: { denial, action },
    key: `denied:${by.id}:${Math.floor(at / MINUTE)}`,
  });
  return notAllowed(denial);
}

/** What a button or modal is about that doesn't carry its alert's id. */
async function aboutOf({ responses, exceptions, questions }: Desk, carries: readonly string[]) {
  for (const id of carries) {
    if (RESPONSE_ID.test(id)) return responses.find(id);
    if (EXCEPTION_ID.test(id)) return exceptions.find(id);
    if (QUESTION_ID.test(id)) return questions.find(id);
  }
  return undefined;
}
