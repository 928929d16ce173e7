import type { Alert } from '../../domain/alert.ts';
import type { UserId } from '../../domain/person.ts';
import { type SamePerson, samePerson } from '../../domain/response/four-eyes.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import type { Approvers } from './needs.ts';

/** Why a person may not decide on a request: not listed now, or one of those it concerns. */
export async function objectionToApprover(
  approvers: Approvers,
  id: UserId,
  request: ResponseRequest,
  alert: Alert,
): Promise<{ because: SamePerson } | { because: 'not-an-approver'; why: string } | undefined> {
  const why = await approvers.denial(id);
  if (why !== undefined) return { because: 'not-an-approver', why };
  const { preview } = request;
  const owners = preview.is === 'known' ? preview.owners : {};
  const person = { id, email: await approvers.emailOf(id) };
  const because = samePerson(person, request, alert, (user) => owners[user.toLowerCase()] ?? []);
  return because && { because };
}
