import { decidedBy } from '../../../domain/response/lifecycle.ts';
import type { RequestState, ResponseRequest, StepState } from '../../../domain/response/request.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { type Asked, deed } from './deed.ts';

/** In a few words, with a sign: for headlines, lists and refusals. */
export const STATE_WORDS: Record<RequestState['is'], string> = {
  pending: '✋ waiting for approval',
  denied: '⛔ denied',
  withdrawn: '↩️ withdrawn',
  expired: '⌛ expired',
  approved: '👍 approved',
  running: '⚙️ being carried out',
  refused: '⛔ not carried out',
  stopped: '🛑 stopped half-way',
  done: '✅ done',
  undoing: '↩️ being taken back',
  undone: '↩️ taken back',
};

/** One request in one line of the alert's card. */
export function requestLine(asked: Asked): Mrkdwn {
  const { request } = asked;
  const { by } = decidedBy(request);
  const decided = by === undefined ? mrkdwn`asked by ${person(request.by)}` : mrkdwn`by ${person(by)}`;
  return mrkdwn`*Response* to ${deed(asked)}: *${STATE_WORDS[request.state.is]}*, ${decided}`;
}

const count = ({ steps }: ResponseRequest, ...states: StepState['is'][]): number =>
  steps.filter(({ state }) => states.includes(state.is)).length;

/** Where the request is, by whom and why, and what follows from it. */
export function stateLines(
  request: ResponseRequest,
  { approvers }: { approvers: readonly string[] },
): Mrkdwn {
  const { state } = request;
  switch (state.is) {
    case 'pending':
      return pendingLines(request, state.expiresAt, approvers);
    case 'denied':
      return mrkdwn`⛔ *Denied* by ${person(state.by)}, ${date(state.at)}: ${prose(state.reason)}\nNothing was changed in AWS.`;
    case 'withdrawn':
      return mrkdwn`↩️ *Withdrawn* by ${person(state.by)}, ${date(state.at)}. Nothing was changed in AWS.`;
    case 'expired':
      return mrkdwn`⌛ *Expired*, ${date(state.at)}: nobody decided in time. Nothing was changed in AWS. If it is still needed, ask again.`;
    case 'refused':
      return mrkdwn`${approval(request)}\n⛔ *Not carried out:* ${prose(state.why)}\nNothing was changed in AWS.`;
    case 'approved':
      return mrkdwn`${approval(request)}\n${underWay(request)}`;
    case 'running':
      return mrkdwn`${approval(request)}\n⚙️ *Groupwatch is carrying it out* since ${date(state.at)}: ${progress(request)}.`;
    case 'stopped':
      return mrkdwn`${approval(request)}\n🛑 *Stopped half-way*, ${date(state.at)}: ${prose(state.why)}\n${progress(request)}. What is done stands. The commands for the rest are in the runbook in this thread; or mend the cause and retry.`;
    case 'done':
      return mrkdwn`${approval(request)}\n✅ *Done*, ${date(state.at)}. ${ended(request)}`;
    case 'undoing':
      return mrkdwn`${approval(request)}\n↩️ *Being taken back* by ${code(state.by)} since ${date(state.at)}.`;
    case 'undone':
      return mrkdwn`${approval(request)}\n↩️ *Taken back* by ${code(state.by)}, ${date(state.at)}.`;
  }
}

function pendingLines(
  { mode, preview }: ResponseRequest,
  expiresAt: number,
  approvers: readonly string[],
): Mrkdwn {
  const then =
    mode === 'execute'
      ? 'Groupwatch carries it out by itself at once, and shows every step here.'
      : 'Groupwatch hands over the commands, and people run them. It changes nothing in AWS by itself.';
  const objection = preview.is === 'known' ? preview.objection : undefined;
  return join(
    [
      approvers.length === 0
        ? mrkdwn`✋ *Nobody can approve this:* nobody is set up to (\`APPROVERS\`). It stays on record, and nothing will be done.`
        : mrkdwn`✋ ${join(approvers.map(person), ' ')} *please decide* until ${date(expiresAt)}. Whoever asked, whoever set off the alert and whom it is about can't approve.`,
      approvers.length > 0 && mrkdwn`Once approved: ${then}`,
      objection !== undefined &&
        mrkdwn`⛔ *As things are it would not be carried out, even if approved:* ${prose(objection)}`,
    ],
    '\n',
  );
}

const approval = ({ approval: given }: ResponseRequest): Mrkdwn =>
  given ? mrkdwn`👍 *Approved* by ${person(given.by)}, ${date(given.at)}.` : mrkdwn`👍 *Approved.*`;

function underWay(request: ResponseRequest): Mrkdwn {
  if (request.mode === 'execute') return mrkdwn`Groupwatch looks whether all is still as it was, and begins.`;
  return request.steps.length === 0
    ? mrkdwn`Groupwatch writes the runbook.`
    : mrkdwn`The runbook is in this thread: run its commands, and mark each as run. ${progress(request)}.`;
}

function progress(request: ResponseRequest): string {
  const done = count(request, 'applied', 'by-hand', 'preexisting', 'undone');
  const gone = count(request, 'unavailable');
  return `${done} of ${request.steps.length - gone} steps are done`;
}

/** What a finished request has come to; never more than the steps say. */
function ended(request: ResponseRequest): Mrkdwn {
  const by = count(request, 'by-hand') > 0 ? mrkdwn`People have run the commands. ` : mrkdwn``;
  const waiting = count(request, 'planned');
  const alone = count(request, 'conflict');
  return join(
    [
      mrkdwn`${by}${progress(request)}.`,
      waiting > 0 && mrkdwn`${waiting} must still wait for its time.`,
      alone > 0 &&
        mrkdwn`*${alone} left alone,* since somebody else has changed it meanwhile: a person must look.`,
    ],
    ' ',
  );
}
