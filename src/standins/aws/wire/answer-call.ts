import { once } from 'node:events';
import type { Estate, World } from '../estate.ts';
import { OPERATIONS } from '../operations.ts';
import { type Answer, jsonAnswer, Refusal, xmlAnswer } from './answer.ts';
import type { Call } from './call.ts';
import { type AwsCall, newAwsCall } from './call-log.ts';
import { NAMESPACE } from './query-operation.ts';
import { xmlOf } from './xml.ts';

/** Answers a call in the account that its credentials belong to, with the faults and acts that a test has set. */
export async function answerCall(world: World, call: Call): Promise<Answer> {
  const estate = estateOf(world, call);
  const logged = newAwsCall(estate, call);
  world.calls.push(logged);
  try {
    await world.hooks.run('before', logged);
    const answer = await interfered(estate, call, logged);
    if (logged.outcome === 'ok' || logged.outcome === 'drop-reply') await world.hooks.run('after', logged);
    return answer;
  } catch (error) {
    const refusal =
      error instanceof Refusal ? error : new Refusal('InternalFailure', `The stand-in failed: ${error}`, 500);
    logged.outcome = refusal.code;
    return refusalAnswer(call, refusal);
  } finally {
    world.hooks.tell(logged);
  }
}

function estateOf({ keys, accounts, first }: World, { accessKeyId = '' }: Call): Estate {
  const accountId = (keys.sessionOf(accessKeyId) ?? keys.ownerOf(accessKeyId))?.accountId;
  return accounts.get(accountId ?? '') ?? first;
}

async function interfered(estate: Estate, call: Call, logged: AwsCall): Promise<Answer> {
  const fault = estate.faults.nextOf(call.name);
  if (fault === 'cut' || fault === 'hang') {
    logged.outcome = fault;
    if (fault === 'hang' && !call.gone.aborted) await once(call.gone, 'abort');
    return 'cut';
  }
  if (typeof fault === 'object')
    throw new Refusal(fault.code, fault.message ?? `Made to fail: ${fault.code}`, fault.status);
  if (fault === 'drop-reply') {
    logged.outcome = fault;
    await performed(estate, call).catch(() => undefined);
    return 'cut';
  }
  const answer = await performed(estate, call);
  logged.outcome = answer === 'cut' ? 'cut' : 'ok';
  return answer;
}

async function performed(estate: Estate, call: Call): Promise<Answer> {
  if (!call.accessKeyId)
    throw new Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  const operation = OPERATIONS.get(call.name);
  if (operation) return operation(estate, call);
  throw call.protocol === 'json'
    ? new Refusal('UnknownOperationException', `Unknown operation: ${call.name}`)
    : new Refusal('InvalidAction', `Could not find operation ${call.name}`);
}

/** As each protocol words it. */
function refusalAnswer({ protocol, name, requestId }: Call, { code, message, status }: Refusal): Answer {
  if (protocol === 'json') return jsonAnswer({ __type: code, message }, status);
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  const namespace = name.startsWith('sts:') ? NAMESPACE.sts : NAMESPACE.iam;
  const content = xmlOf({ Error: error, RequestId: requestId });
  return xmlAnswer(`<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`, status);
}
