import type { Operation } from '../../../domain/response/action.ts';
import {
  DENY_ALL_DOCUMENT,
  isOlderSessionsDocument,
  sameDocument,
} from '../../../domain/response/policies.ts';
import type { Step, StepState } from '../../../domain/response/request.ts';
import { code, date, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';

const SIGNS: Record<StepState['is'], string> = {
  planned: '⬜',
  applying: '⏳',
  applied: '✅',
  'by-hand': '✅',
  preexisting: '➖',
  unavailable: '⚠️',
  conflict: '⚠️',
  failed: '❌',
  undone: '↩️',
};

/** One step in one line: where it is, what it does, and what came of it. */
export const stepLine = (step: Step, number: number): Mrkdwn =>
  mrkdwn`${SIGNS[step.state.is]} ${number}. ${operationWords(step.operation)}${cannotBeUndone(step)}${outcome(step)}`;

/** The same before anybody has decided, when no step is anywhere yet. */
export const plannedLine = (step: Step, number: number): Mrkdwn =>
  step.state.is === 'planned' ? mrkdwn`${number}. ${wordsOf(step)}${waits(step)}` : stepLine(step, number);

/** What a step does, with the warning where nothing can take it back. */
export const wordsOf = (step: Step): Mrkdwn =>
  mrkdwn`${operationWords(step.operation)}${cannotBeUndone(step)}`;

function cannotBeUndone({ irreversible }: Step): Mrkdwn {
  return irreversible === undefined ? mrkdwn`` : mrkdwn` · *can't be undone*`;
}

function waits({ notBefore }: Step): Mrkdwn {
  return notBefore === undefined ? mrkdwn`` : mrkdwn` · not before ${date(notBefore)}`;
}

function outcome(step: Step): Mrkdwn {
  const { state } = step;
  switch (state.is) {
    case 'planned':
      return waits(step);
    case 'applying':
      return mrkdwn` · under way`;
    case 'applied':
      return state.reapplied ? mrkdwn` · done, and put back ${state.reapplied}×` : mrkdwn` · done`;
    case 'by-hand':
      return mrkdwn` · run by ${person(state.by)}, ${date(state.at)}`;
    case 'preexisting':
      return mrkdwn` · was so already`;
    case 'unavailable':
      return mrkdwn` · not possible, the next step is the way around it: ${prose(state.why, 300)}`;
    case 'conflict':
      return mrkdwn` · *left alone*, a person must look: ${prose(state.why, 300)}`;
    case 'failed':
      return state.permission === undefined
        ? mrkdwn` · *failed:* ${prose(state.why, 300)}`
        : mrkdwn` · *failed*, the permission ${code(state.permission)} is missing: ${prose(state.why, 300)}`;
    case 'undone':
      return mrkdwn` · taken back by ${code(state.by)}`;
  }
}

const DENIES_ALL = /:iam::aws:policy\/AWSDenyAll$/;

const policy = (arn: string): Mrkdwn =>
  DENIES_ALL.test(arn) ? mrkdwn`\`AWSDenyAll\`, which denies everything` : code(arn, 128);

/** What one write to IAM does, for who has just been woken up. */
export function operationWords(operation: Operation): Mrkdwn {
  const { call } = operation;
  switch (call) {
    case 'AttachUserPolicy':
      return mrkdwn`Attach the policy ${policy(operation.policyArn)}`;
    case 'DetachUserPolicy':
      return mrkdwn`Detach the policy ${policy(operation.policyArn)}`;
    case 'PutUserPermissionsBoundary':
      return mrkdwn`Set the permissions boundary to ${policy(operation.policyArn)}`;
    case 'DeleteUserPermissionsBoundary':
      return mrkdwn`Remove the permissions boundary`;
    case 'PutUserPolicy':
      return mrkdwn`Write the user's inline policy ${document(operation)}`;
    case 'DeleteUserPolicy':
      return mrkdwn`Delete the user's inline policy ${code(operation.policyName, 128)}`;
    case 'UpdateAccessKey':
      return mrkdwn`Set the access key ${credential(operation)}`;
    case 'UpdateServiceSpecificCredential':
      return mrkdwn`Set the service-specific credential ${credential(operation)}`;
    case 'UpdateSSHPublicKey':
      return mrkdwn`Set the SSH key ${credential(operation)}`;
    case 'UpdateSigningCertificate':
      return mrkdwn`Set the signing certificate ${credential(operation)}`;
    case 'DeleteLoginProfile':
      return mrkdwn`Delete the console password`;
    case 'RemoveUserFromGroup':
      return mrkdwn`Take the user out of the group ${code(operation.group, 128)}`;
    case 'PutRolePolicy':
      return mrkdwn`Write the role's inline policy ${document(operation)}`;
    case 'DeleteRolePolicy':
      return mrkdwn`Delete the role's inline policy ${code(operation.policyName, 128)}`;
    default:
      return mrkdwn`Put the user back into the group ${code(operation.group, 128)}`;
  }
}

function document({ policyName, document: text }: { policyName: string; document: string }): Mrkdwn {
  const name = code(policyName, 128);
  if (sameDocument(text, DENY_ALL_DOCUMENT)) return mrkdwn`${name}, which denies everything`;
  return isOlderSessionsDocument(text)
    ? mrkdwn`${name}, which denies everything to sessions that were opened before then`
    : mrkdwn`${name} as it was before`;
}

const credential = ({ id, status }: { id: string; status: string }): Mrkdwn =>
  mrkdwn`${code(id, 64)} to ${status.toLowerCase()}`;
