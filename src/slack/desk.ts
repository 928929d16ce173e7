import type { WebClient } from '@slack/web-api';
import type {
  AlertStore,
  AuditStore,
  Clock,
  Log,
  MessageStore,
  ResponseStore,
  WatchStore,
} from '../ports.ts';
import type { MayDecide, Respond } from '../use-cases/respond.ts';
import type { TakeStep } from '../use-cases/take-step.ts';
import type { Homes } from './home/homes.ts';
import type { People } from './people.ts';
import type { PermalinkOf } from './permalink.ts';
import type { Status } from './views/answers/status.ts';
import type { ResponseSetting } from './views/response/request-modal.ts';

/** What the listeners work with. */
export interface Desk extends People, ResponseSetting {
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  watches: WatchStore;
  takeStep: TakeStep;
  responses: ResponseStore;
  respond: Respond;
  mayDecide: MayDecide;
  /** For people who wait: its own client, so that a queue that Slack paused never holds them up. */
  web: WebClient;
  clock: Clock;
  log: Log;
  channel: string;
  permalinkOf: PermalinkOf;
  status: () => Promise<Status>;
  homes: Homes;
}
