import type { RequestId } from '../../domain/response/action.ts';
import { type Move, moveRequest, type RequestRefusal } from '../../domain/response/lifecycle.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import type { Doer, NewAuditEntry } from '../../ports/audit.ts';
import type { NewJob } from '../../ports/jobs.ts';
import type { ResponseChange } from '../../ports/responses.ts';
import type { ResponseNeeds } from './needs.ts';

/** What came of a move. `lost`: somebody else has moved the request since it was read. */
export type Moved =
  | { is: 'done'; request: ResponseRequest }
  | { is: 'refused'; refusal: RequestRefusal; request: ResponseRequest }
  | { is: 'repeated' }
  | { is: 'lost' }
  | { is: 'gone' };

/** How a move goes on record, and what it brings along. */
export interface OnRecord {
  what: string;
  by?: Doer;
  facts?: Record<string, unknown>;
  key?: string;
  /** Whether it is a line of the thread; it is, unless told otherwise. */
  line?: boolean;
  jobs?: NewJob[];
  awsRequestId?: string;
}

/** Moves the request as it was read, once: who holds a job must learn that somebody else has moved it. */
export async function moveOnce(
  { responses, clock, wake }: Pick<ResponseNeeds, 'responses' | 'clock' | 'wake'>,
  request: ResponseRequest,
  move: Move,
  record: OnRecord,
): Promise<Moved> {
  const at = clock.now();
  const outcome = moveRequest(move, at, request);
  if (!outcome.ok) return { is: 'refused', refusal: outcome.refusal, request };
  const saving = await responses.save(outcome.request, changeOf(request, outcome.request, at, record));
  if (saving !== 'saved') return { is: saving === 'repeated' ? 'repeated' : 'lost' };
  wake();
  return { is: 'done', request: outcome.request };
}

const ATTEMPTS = 20;

/** Moves the request as it stands now; of two at once one moves it, and the other sees what became of it. */
export async function move(
  needs: Pick<ResponseNeeds, 'responses' | 'clock' | 'wake'>,
  id: RequestId,
  by: Move,
  record: OnRecord,
): Promise<Moved> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const request = await needs.responses.find(id);
    if (!request) return { is: 'gone' };
    const moved = await moveOnce(needs, request, by, record);
    if (moved.is !== 'lost') return moved;
  }
  throw new Error(`request ${id} kept changing under ${ATTEMPTS} attempts to save it`);
}

function changeOf(
  before: ResponseRequest,
  after: ResponseRequest,
  at: number,
  { what, by, facts = {}, key, line = true, jobs, awsRequestId }: OnRecord,
): ResponseChange {
  const entry: NewAuditEntry = {
    at,
    by,
    what,
    alertId: after.alertId,
    responseId: after.id,
    from: before.state.is,
    to: after.state.is,
    facts: { ...aboutOf(after), ...facts, ...(awsRequestId && { awsRequestId }) },
    key,
  };
  return { entry, line, jobs, awsRequestId };
}

/** What every entry about a request tells: the action, and on whom. */
export function aboutOf({ action, account }: ResponseRequest): Record<string, string> {
  return { action: action.do, target: targetOf(action), account };
}

/** Whom or what an action is on: a user, a role, or the request that it takes back. */
export function targetOf(action: ResponseRequest['action']): string {
  if (action.do === 'undo') return action.of;
  return action.do === 'revoke-sessions' ? action.role : action.user;
}
