import type { ResponseRequest } from '../../domain/response/request.ts';
import type { RoleSnapshot, UserSnapshot } from '../../domain/response/snapshot.ts';
import type { ResponseNeeds } from './needs.ts';

/** The user or role that a request is on, as IAM has it now; for an undo, that of the request it takes back. */
export async function snapshotOf(
  needs: Pick<ResponseNeeds, 'reader' | 'responses'>,
  { action }: ResponseRequest,
  signal: AbortSignal,
): Promise<UserSnapshot | RoleSnapshot | 'gone'> {
  if (action.do === 'undo') {
    const original = await needs.responses.find(action.of);
    if (!original) return 'gone';
    return snapshotOf(needs, original, signal);
  }
  return action.do === 'revoke-sessions'
    ? needs.reader.role(action.role, signal)
    : needs.reader.user(action.user, signal);
}
