import type { Access } from './access.ts';
import { activityReader } from './cloudtrail/activity.ts';
import { pastCalls } from './cloudtrail/past-calls.ts';
import type { Settings } from './config.ts';
import { MINUTE } from './domain/time.ts';
import { iamFacts } from './iam/facts/iam-facts.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Storage } from './ports/storage.ts';
import { ruleOf } from './rules/catalogue.ts';
import { type AnswerRefusal, type AnswerWish, askAnswer } from './use-cases/answers/ask.ts';
import { fetchAnswer, firstAnswers } from './use-cases/answers/fetch.ts';
import { findersWith } from './use-cases/answers/finders.ts';
import { ANSWER_JOB } from './use-cases/answers/jobs.ts';
import { assessAlert } from './use-cases/assess/assess.ts';
import { ASSESS_JOB } from './use-cases/assess/needs.ts';
import { lookUp } from './use-cases/look-up/look-up.ts';
import type { LookUp } from './use-cases/look-up/wanted.ts';
import type { Place } from './use-cases/raise-alerts.ts';
import type { Handler } from './work/attempt.ts';

interface World {
  log: Log;
  clock: Clock;
}

interface Context {
  storage: Storage;
  access: Access;
  place: Place;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

interface Gathering {
  /** Jobs that are done in a moment, about every alert. */
  handlers: Record<string, Handler>;
  /** Jobs that people ask for, and that may take long. */
  lookUps: Record<string, Handler>;
  askAnswer: (wish: AnswerWish) => Promise<AnswerRefusal | undefined>;
  lookUp: LookUp;
}

/** For so long a fact of IAM is good for another alert, if it isn't older than that alert's event. */
const FACTS_LIVE = 5 * MINUTE;

/** What is found out about alerts beside the record: the jobs that do it, and what people can ask. */
export function gathering(
  { awsRegion, activityRegions }: Pick<Settings, 'awsRegion' | 'activityRegions'>,
  { log, clock }: World,
  { storage, access, place, wake }: Context,
): Gathering {
  const { alerts, answers, jobs } = storage;
  const { account, source, region, sourceIn } = access;
  const facts = iamFacts({ client: access.iam(), clock, ttl: FACTS_LIVE });
  const past = pastCalls({ source, clock });
  const asked = account.regions.length > 0 ? account.regions : activityRegions;
  const regions = [...new Set([region, ...(asked.length > 0 ? asked : [awsRegion])])];
  const finding = {
    alerts,
    facts,
    past,
    activityOf: activityReader({ sourceIn, regions }),
    regions,
    clock,
  };
  const fetching = { alerts, answers, finderOf: findersWith(finding), ruleOf, clock, log, wake };
  return {
    handlers: {
      [ASSESS_JOB]: assessAlert({ alerts, jobs, facts, past, ruleOf, place, clock, log, wake }),
      [ANSWER_JOB.first]: firstAnswers(fetching),
    },
    lookUps: { [ANSWER_JOB.fetch]: fetchAnswer(fetching) },
    lookUp: lookUp({ ...finding, attempts: storage.attempts, sourceIn }),
    askAnswer: askAnswer({ alerts, answers, ruleOf, clock, wake }),
  };
}
