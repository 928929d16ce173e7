import { pastCalls } from './cloudtrail/past-calls.ts';
import { MINUTE } from './domain/time.ts';
import { readingClients } from './iam/clients.ts';
import { iamFacts } from './iam/facts/iam-facts.ts';
import type { Clock, EventSource, Log, Storage } from './ports.ts';
import { ruleOf } from './rules/catalogue.ts';
import { assessAlert } from './use-cases/assess/assess.ts';
import { ASSESS_JOB, type AssessNeeds } from './use-cases/assess/needs.ts';
import type { Handler } from './work/attempt.ts';

interface World {
  log: Log;
  clock: Clock;
  awsRequestTimeoutMs?: number;
}

interface Context {
  storage: Storage;
  /** Where IAM's events are read. */
  source: EventSource;
  region: string;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** For so long a fact of IAM is good for another alert, if it isn't older than that alert's event. */
const FACTS_LIVE = 5 * MINUTE;

/** What is found out about alerts beside the record, and the jobs that do it. */
export function gathering(
  { log, clock, awsRequestTimeoutMs }: World,
  { storage, source, region, wake }: Context,
): { handlers: Record<string, Handler> } {
  const { iam } = readingClients(region, awsRequestTimeoutMs);
  const needs: AssessNeeds = {
    alerts: storage.alerts,
    jobs: storage.jobs,
    facts: iamFacts({ client: iam, clock, ttl: FACTS_LIVE }),
    past: pastCalls({ source, clock }),
    ruleOf,
    clock,
    log,
    wake,
  };
  return { handlers: { [ASSESS_JOB]: assessAlert(needs) } };
}
