import { randomUUID } from 'node:crypto';
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Alert } from '../../domain/alert.ts';
import type { Act } from '../../domain/alert-lifecycle.ts';
import type { Desk } from '../desk.ts';
import { unpack } from '../ids.ts';
import { doerOf, type SubmissionPayload, submissionPayload } from '../payloads.ts';
import { messageModal } from '../views/modals/message.ts';
import { broken, gone } from '../views/refusal.ts';
import { type Answer, answerFor } from './click.ts';
import { turnAway } from './turn-away.ts';

/** What a modal asks for: an act, or what is wrong with an input, by its id. */
export type Wish = { act: Act } | { errors: Record<string, string> };

interface Submission {
  payload: SubmissionPayload;
  alert: Alert;
  /** What private_metadata carries behind the alert's id. A pointer to our own record, never a proof. */
  rest: string[];
}

/**
 * Checks the person again, since minutes may have passed, takes the step, and acks with what there is to say: the
 * modal closes, shows what is wrong with an input, or says why nothing was done.
 */
export function onSubmission(desk: Desk, wishOf: (submission: Submission) => Wish) {
  return async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const parsed = submissionPayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'a submission from Slack could not be read');
      return ack();
    }
    try {
      const outcome = await submit(desk, parsed.data, wishOf);
      if (outcome && 'errors' in outcome)
        return await ack({ response_action: 'errors', errors: outcome.errors });
      await (outcome ? ack({ response_action: 'update', view: messageModal(outcome.say) }) : ack());
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      desk.log.error({ reference, user: parsed.data.user.id, error }, 'a submission failed');
      await ack({ response_action: 'update', view: messageModal(broken(reference)) });
    }
  };
}

async function submit(
  desk: Desk,
  payload: SubmissionPayload,
  wishOf: (submission: Submission) => Wish,
): Promise<{ say: NonNullable<Answer> } | { errors: Record<string, string> } | undefined> {
  const { enterprise, view } = payload;
  const by = doerOf(payload);
  const carries = unpack(view.private_metadata);
  const denial = await desk.mayRespond({ id: by.id, teamId: by.team, enterpriseId: enterprise?.id });
  if (denial) return { say: await turnAway(desk, by, denial, { action: view.callback_id, carries }) };
  const [alertId = '', ...rest] = carries;
  const alert = await desk.alerts.find(alertId);
  if (!alert) return { say: gone() };
  const wish = wishOf({ payload, alert, rest });
  if ('errors' in wish) return wish;
  const result = await desk.takeStep({ alertId, act: wish.act, by, key: `view:${view.id}` });
  const say = answerFor(result, by.id);
  return say && { say };
}
