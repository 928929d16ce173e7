import type { Access } from './access.ts';
import type { Settings } from './config.ts';
import { gathering } from './context.ts';
import type { Instant } from './domain/time.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Colleagues } from './ports/questions.ts';
import type { Storage } from './ports/storage.ts';
import { questioning } from './questions.ts';
import { responding } from './responses.ts';
import type { Place } from './use-cases/raise-alerts.ts';
import type { Approvers } from './use-cases/response/needs.ts';
import type { SettleBurst } from './use-cases/settle-burst.ts';
import { type Turns, watchAccount } from './watch.ts';
import type { Handler } from './work/attempt.ts';
import type { InTurn } from './work/in-turn.ts';
import { once } from './work/once.ts';

export interface CrewWorld {
  log: Log;
  clock: Clock;
  awsRequestTimeoutMs?: number;
}

/** What every account's crew shares. */
export interface CrewContext {
  storage: Storage;
  approvers: Approvers;
  colleagues: Colleagues;
  place: Place;
  settleBurst: SettleBurst;
  startedAt: Instant;
  inTurn: InTurn;
  metrics: Metrics;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

type Doing = Pick<ReturnType<typeof responding>, 'respond' | 'mayDecide'> &
  Pick<ReturnType<typeof gathering>, 'askAnswer' | 'lookUp'> &
  Pick<ReturnType<typeof questioning>, 'askPerson' | 'answerQuestion'>;

/** All that is done about one account, by people and by the clock. */
export interface Crew extends Doing {
  access: Access;
  watch: Turns;
  /** Jobs that are done in turn: of responses and questions, of what is found out at once, of what may take long. */
  jobs(): [responses: Handlers, facts: Handlers, lookUps: Handlers];
}

export type Handlers = Record<string, Handler>;

/** Puts together what is done about one account. */
export function crewFor(access: Access, settings: Settings, world: CrewWorld, context: CrewContext): Crew {
  const { storage, approvers, colleagues, place, wake } = context;
  // Of many accounts most are quiet: what is only needed about alerts is made with the first one.
  const responses = once(() => responding(settings, world, { storage, approvers, access, wake }));
  const found = once(() => gathering(settings, world, { storage, access, place, wake }));
  const asked = once(() => questioning(world, { storage, colleagues, access, wake }));
  return {
    access,
    watch: watchAccount(access, settings, world, { ...context, redraw: wake }),
    respond: (wish) => responses().respond(wish),
    mayDecide: (question) => responses().mayDecide(question),
    askAnswer: (wish) => found().askAnswer(wish),
    lookUp: (wanted, looking) => found().lookUp(wanted, looking),
    askPerson: (wish) => asked().askPerson(wish),
    answerQuestion: (wish) => asked().answerQuestion(wish),
    jobs: () => [{ ...responses().handlers, ...asked().handlers }, found().handlers, found().lookUps],
  };
}
