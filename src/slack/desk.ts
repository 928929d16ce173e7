import type { WebClient } from '@slack/web-api';
import type { AlertStore, AuditStore, Clock, Log, MessageStore, WatchStore } from '../ports.ts';
import type { TakeStep } from '../use-cases/take-step.ts';
import type { People } from './people.ts';
import type { Status } from './views/answers/status.ts';

/** What the listeners work with. */
export interface Desk extends People {
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  watches: WatchStore;
  takeStep: TakeStep;
  /** For people who wait: its own client, so that a queue that Slack paused never holds them up. */
  web: WebClient;
  clock: Clock;
  log: Log;
  channel: string;
  /** https://NAME.slack.com/, as auth.test tells. */
  workspaceUrl: string;
  approvers: readonly string[];
  status: () => Promise<Status>;
}
