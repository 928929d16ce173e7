import { randomUUID } from 'node:crypto';
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Act } from '../../domain/alert-lifecycle.ts';
import type { Doer } from '../../ports/audit.ts';
import type { Desk } from '../desk.ts';
import { unpack } from '../ids.ts';
import { doerOf, presserOf, type SubmissionPayload, submissionPayload } from '../payloads.ts';
import { mrkdwn } from '../text.ts';
import { messageModal } from '../views/modals/message.ts';
import { broken } from '../views/refusal.ts';
import { type Answer, answerFor } from './click.ts';
import { turnAway } from './turn-away.ts';

/**
 * What a submission came to: nothing when the modal may close, else what there is to say, what is wrong with an
 * input, the modal that comes on top of it, or that all on the stack may close.
 */
export type Reply =
  | { say: NonNullable<Answer> }
  | { errors: Record<string, string> }
  | { push: ModalView }
  | { closeAll: true }
  | undefined;

export interface Submission {
  payload: SubmissionPayload;
  by: Doer;
  /** The same for every delivery of this submission, and for every submission of this modal. */
  key: string;
  /** What private_metadata carries, taken apart. A pointer to our own record, never a proof. */
  carries: string[];
}

/**
 * Checks the person again, since minutes may have passed, does what is asked for, and acks with what there is to
 * say: the modal closes, shows what is wrong with an input, or says why nothing was done.
 */
export function onSubmission(
  desk: Desk,
  handle: (submission: Submission) => Promise<Reply>,
  may: 'mayRespond' | 'mayApprove' | 'mayAnswer' = 'mayRespond',
) {
  return async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const parsed = submissionPayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'a submission from Slack could not be read');
      return ack();
    }
    try {
      await answer(ack, await submit(desk, parsed.data, handle, may));
      await desk.homes.redraw(presserOf(parsed.data));
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      desk.log.error({ reference, user: parsed.data.user.id, error }, 'a submission failed');
      await ack({ response_action: 'update', view: messageModal(broken(reference)) });
    }
  };
}

async function answer(ack: SlackViewMiddlewareArgs<ViewSubmitAction>['ack'], reply: Reply): Promise<void> {
  if (!reply) return ack();
  if ('errors' in reply) return ack({ response_action: 'errors', errors: reply.errors });
  if ('push' in reply) return ack({ response_action: 'push', view: reply.push });
  if ('closeAll' in reply) return ack({ response_action: 'clear' });
  return ack({ response_action: 'update', view: messageModal(reply.say) });
}

async function submit(
  desk: Desk,
  payload: SubmissionPayload,
  handle: (submission: Submission) => Promise<Reply>,
  may: 'mayRespond' | 'mayApprove' | 'mayAnswer',
): Promise<Reply> {
  const { view } = payload;
  const by = doerOf(payload);
  const carries = unpack(view.private_metadata);
  const denial = await desk[may](presserOf(payload));
  if (denial) return { say: await turnAway(desk, by, denial, { action: view.callback_id, carries }) };
  return handle({ payload, by, key: `view:${view.id}`, carries });
}

/** What a form about an alert asks for: an act, with what its person saw; or what is wrong with an input, by its id. */
export type Wish = { act: Act; seen?: string } | { errors: Record<string, string> };

/** A form about an alert: takes the step that it asks for. */
export function onAlertForm(desk: Desk, wishOf: (payload: SubmissionPayload, rest: string[]) => Wish) {
  return onSubmission(desk, async ({ payload, by, key, carries: [alertId = '', ...rest] }) => {
    const wish = wishOf(payload, rest);
    if ('errors' in wish) return wish;
    const say = answerFor(await desk.takeStep({ alertId, ...wish, by, key }), by.id);
    // What somebody wrote must not be gone with the form.
    return say && { say: 'note' in wish.act ? mrkdwn`${say} You wrote: ${wish.act.note}` : say };
  });
}
