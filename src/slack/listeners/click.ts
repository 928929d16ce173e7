import { randomUUID } from 'node:crypto';
import type { SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Act } from '../../domain/alert-lifecycle.ts';
import type { UserId } from '../../domain/person.ts';
import type { StepResult } from '../../use-cases/take-step.ts';
import type { Desk } from '../desk.ts';
import { unpack } from '../ids.ts';
import { type ClickPayload, clickPayload } from '../payloads.ts';
import type { Mrkdwn } from '../text.ts';
import { broken, gone, notAllowed, refusalText } from '../views/refusal.ts';
import { tell } from './tell.ts';

/** A press of a button or a menu by somebody who may act. */
export interface Click {
  by: UserId;
  /** What the button or the chosen option carries, taken apart. */
  carries: string[];
  /** The same for every delivery of this press. */
  key: string;
  triggerId: string;
  payload: ClickPayload;
}

/** What to tell the person privately; nothing when the card says it all. */
export type Answer = Mrkdwn | undefined;

/**
 * Acks at once, checks the person, does the act, and answers privately. Whatever goes wrong is told to the person
 * with a reference that is in the log.
 */
export function onClick(desk: Desk, handle: (click: Click) => Promise<Answer>) {
  return async ({ ack, body }: SlackActionMiddlewareArgs): Promise<void> => {
    await ack();
    const parsed = clickPayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'a click from Slack could not be read');
      return;
    }
    const answer = await answerTo(desk, parsed.data, handle);
    if (answer) await tell(desk, parsed.data, answer);
  };
}

async function answerTo(
  desk: Desk,
  payload: ClickPayload,
  handle: (click: Click) => Promise<Answer>,
): Promise<Answer> {
  const { user, enterprise, team, actions, trigger_id: triggerId } = payload;
  try {
    const person = { id: user.id, teamId: user.team_id ?? team?.id, enterpriseId: enterprise?.id };
    const denial = await desk.mayRespond(person);
    if (denial) {
      desk.log.warn(
        { user: user.id, team: person.teamId, action: actions[0].action_id, denial },
        'refused a click',
      );
      return notAllowed(denial);
    }
    const carries = unpack(actions[0].selected_option?.value ?? actions[0].value ?? '');
    return await handle({ by: user.id, carries, key: `${user.id}:${triggerId}`, triggerId, payload });
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    desk.log.error({ reference, user: user.id, action: actions[0].action_id, error }, 'a click failed');
    return broken(reference);
  }
}

/** Takes the step that a press asks for, and says what came of it. */
export async function step(desk: Desk, click: Click, alertId: string | undefined, act: Act): Promise<Answer> {
  const result = await desk.takeStep({ alertId: alertId ?? '', act, by: click.by, key: click.key });
  return answerFor(result, click.by);
}

export function answerFor(result: StepResult, me: UserId): Answer {
  if (result.is === 'refused') return refusalText(result.refusal, { me });
  return result.is === 'gone' ? gone() : undefined;
}
