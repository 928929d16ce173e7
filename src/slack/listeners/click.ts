import { randomUUID } from 'node:crypto';
import type { SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Act } from '../../domain/alert-lifecycle.ts';
import type { UserId } from '../../domain/person.ts';
import type { Doer } from '../../ports/audit.ts';
import type { StepResult } from '../../use-cases/take-step.ts';
import type { Desk } from '../desk.ts';
import { unpack } from '../ids.ts';
import { type ClickPayload, clickPayload, doerOf, presserOf } from '../payloads.ts';
import type { Mrkdwn } from '../text.ts';
import { broken, gone, refusalText } from '../views/refusal.ts';
import { tell } from './tell.ts';
import { turnAway } from './turn-away.ts';

/** A press of a button or a menu by somebody who may act. */
export interface Click {
  by: Doer;
  /** What the button or the chosen option carries, taken apart. */
  carries: string[];
  /** The same for every delivery of this press. */
  key: string;
  triggerId: string;
  payload: ClickPayload;
}

/** What to tell the person privately; nothing when the card says it all. On the Home tab it stands at the top. */
export type Answer = Mrkdwn | undefined;

/**
 * Acks at once, checks the person, does the act, and answers privately. Whatever goes wrong is told to the person
 * with a reference that is in the log. `may` is the check that the person has to pass.
 */
export function onClick(
  desk: Desk,
  handle: (click: Click) => Promise<Answer>,
  may: 'mayRespond' | 'mayApprove' | 'mayAnswer' = 'mayRespond',
) {
  return async ({ ack, body }: SlackActionMiddlewareArgs): Promise<void> => {
    await ack();
    const parsed = clickPayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'a click from Slack could not be read');
      return;
    }
    const answer = await answerTo(desk, parsed.data, handle, may);
    const onHome = parsed.data.view?.type === 'home';
    if (answer && !onHome) await tell(desk, parsed.data, answer);
    await desk.homes.redraw(presserOf(parsed.data), onHome ? answer : undefined);
  };
}

async function answerTo(
  desk: Desk,
  payload: ClickPayload,
  handle: (click: Click) => Promise<Answer>,
  may: 'mayRespond' | 'mayApprove' | 'mayAnswer',
): Promise<Answer> {
  const { actions, trigger_id: triggerId } = payload;
  const { action_id: action, selected_option: option, value } = actions[0];
  const by = doerOf(payload);
  try {
    const carries = unpack(option?.value ?? value ?? '');
    const denial = await desk[may](presserOf(payload));
    if (denial) return await turnAway(desk, by, denial, { action, carries });
    return await handle({ by, carries, key: `${by.id}:${triggerId}`, triggerId, payload });
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    desk.log.error({ reference, user: by.id, action, error }, 'a click failed');
    return broken(reference);
  }
}

/** Takes the step that a press asks for, and says what came of it. */
export async function step(
  desk: Desk,
  click: Click,
  alertId: string | undefined,
  act: Act,
  seen?: string,
): Promise<Answer> {
  const result = await desk.takeStep({ alertId: alertId ?? '', act, by: click.by, key: click.key, seen });
  return answerFor(result, click.by.id);
}

export function answerFor(result: StepResult, me: UserId): Answer {
  if (result.is === 'refused') return refusalText(result.refusal, { me });
  return result.is === 'gone' ? gone() : undefined;
}
