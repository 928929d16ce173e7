import { setTimeout as delay } from 'node:timers/promises';
import { identify } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { callContext, judge } from '../permission.ts';
import { type Answer, jsonAnswer, Refusal } from '../wire/answer.ts';
import type { Call, Operation } from '../wire/call.ts';
import { fieldsOf, parsedOf } from '../wire/json.ts';
import type { LookedUpEvent } from './looked-up-event.ts';
import { readQuery } from './lookup-query.ts';
import { invalidToken } from './page-token.ts';

/** One LookupEvents call as it was made and answered. */
export interface LookupCall {
  /** ms since epoch */
  at: number;
  accountId: string;
  /** That it was signed for. */
  region: string;
  input: Record<string, unknown>;
  /** `ok`, AWS's name of the error, or the fault: `cut`, `hang` (until answered), `non-json`. */
  outcome: string;
  /** How many events were answered. */
  events: number;
}

/** The operation, over an account's history. */
export const lookupEvents: Operation = async (estate, call) => {
  const input = fieldsOf(parsedOf(call.body));
  const logged: LookupCall = {
    at: estate.clock(),
    accountId: estate.home.accountId,
    region: call.region,
    input,
    outcome: 'unanswered',
    events: 0,
  };
  estate.lookups.push(logged);
  try {
    const broken = await interfere(estate, call, logged);
    if (broken) return broken;
    const answer = page(estate, call, input);
    logged.outcome = 'ok';
    logged.events = answer.Events.length;
    return jsonAnswer(answer);
  } catch (error) {
    if (error instanceof Refusal) logged.outcome = error.code;
    throw error;
  }
};

/** Faults of the way to AWS, in the order they'd be met; undefined lets the call through. */
async function interfere({ faults }: Estate, call: Call, logged: LookupCall): Promise<Answer | undefined> {
  if (faults.hits('cut')) {
    logged.outcome = 'cut';
    return 'cut';
  }
  if (faults.hits('hang')) {
    logged.outcome = 'hang';
    const waited = await delay(faults.now.hangMs, true, { signal: call.gone }).catch(() => false);
    if (!waited) return 'cut';
  }
  if (faults.hits('fail')) throw new Refusal('InternalFailure', 'We broke.', faults.now.status);
  if (!faults.hits('nonJson')) return undefined;
  logged.outcome = 'non-json';
  return { status: 200, type: 'text/html', body: '<html><body>Proxy login required</body></html>' };
}

function page(estate: Estate, call: Call, input: Record<string, unknown>): LookupPage {
  const { faults, trail, tokens, clock, rateIn } = estate;
  permit(estate, call);
  if (faults.hits('throttle') || rateIn(call.region)?.take() === false)
    throw new Refusal('ThrottlingException', 'Rate exceeded');
  if (parsedOf(call.body) === undefined) throw new Refusal('SerializationException', 'Not JSON.');
  const { maxResults, insights, ...lookup } = readQuery(input, clock());
  const position = tokens.read(input);
  if (input.NextToken && faults.hits('tokenError')) throw invalidToken();
  if (faults.hits('emptyPages')) return { Events: [], NextToken: tokens.issue(position, input) };
  const found = insights ? [] : trail.lookUp(lookup, call.region);
  const next = position + maxResults;
  return {
    Events: found.slice(position, next),
    NextToken: next < found.length ? tokens.issue(next, input) : undefined,
  };
}

/** Refuses who may not look, by a fault or by the caller's policies. */
function permit(estate: Estate, call: Call): void {
  const { arn, holder } = identify(estate, call);
  if (estate.faults.now.denied) throw denied(arn);
  if (!estate.knobs.enforcePermissions) return;
  const context = callContext({ ...call, at: estate.clock() });
  const decision = judge(estate, holder, { action: 'cloudtrail:LookupEvents', resource: '*', context });
  if (decision.is === 'denied') throw denied(arn);
}

interface LookupPage {
  Events: LookedUpEvent[];
  NextToken?: string;
}

function denied(arn: string): Refusal {
  return new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy ` +
      'allows the cloudtrail:LookupEvents action',
  );
}
