import type { ModalView } from '@slack/types';
import { findAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { INPUT } from '../ids.ts';
import { answerOf } from '../payloads.ts';
import { goneResponse } from '../views/refusal.ts';
import { approveModal, denyModal } from '../views/response/decision-modals.ts';
import { type Asked, targetOf } from '../views/response/deed.ts';
import { responseRefusalText, wrongNameText } from '../views/response/refusal.ts';
import { type Answer, type Click, onClick } from './click.ts';
import { showModal } from './open-modal.ts';
import { respondTo } from './response-answer.ts';
import { onSubmission } from './submission.ts';

/** Opens the form that asks for the name; only for who may approve this request now. */
export const approveResponse = (desk: Desk) =>
  onClick(desk, (click) => openDecision(desk, click, 'approve', approveModal), 'mayApprove');

/** Opens the form that asks why not; only for who may decide on this request now. */
export const denyResponse = (desk: Desk) =>
  onClick(desk, (click) => openDecision(desk, click, 'deny', denyModal), 'mayApprove');

async function openDecision(
  desk: Desk,
  click: Click,
  decision: 'approve' | 'deny',
  view: (asked: Asked) => ModalView,
): Promise<Answer> {
  const asked = await findAsked(desk, click.carries[0]);
  if (!asked) return goneResponse();
  const may = await desk.mayDecide({ do: decision, requestId: asked.request.id, by: click.by });
  if (may.is === 'refused') return responseRefusalText(may.refusal, { me: click.by.id });
  return may.is === 'gone' ? goneResponse() : showModal(desk, click, view(asked));
}

export const submitApproval = (desk: Desk) =>
  onSubmission(
    desk,
    async ({ payload, carries: [requestId = ''], by, key }) => {
      const typed = answerOf(payload, INPUT.typedName);
      const result = await desk.respond({ do: 'approve', requestId, typed, by, key });
      if (result.is !== 'refused' || result.refusal.because !== 'wrong-name') return respondTo(result, by.id);
      const asked = await findAsked(desk, requestId);
      return asked
        ? { errors: { [INPUT.typedName]: wrongNameText(targetOf(asked)) } }
        : respondTo(result, by.id);
    },
    'mayApprove',
  );

export const submitDenial = (desk: Desk) =>
  onSubmission(
    desk,
    async ({ payload, carries: [requestId = ''], by, key }) => {
      const reason = answerOf(payload, INPUT.reason);
      if (!reason)
        return { errors: { [INPUT.reason]: 'Say why not, for whoever asked and for the record.' } };
      return respondTo(await desk.respond({ do: 'deny', requestId, reason, by, key }), by.id);
    },
    'mayApprove',
  );
