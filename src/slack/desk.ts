import type { WebClient } from '@slack/web-api';
import type { Report } from '../domain/report.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { AttemptStore } from '../ports/attempts.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionStore } from '../ports/exceptions.ts';
import type { Log } from '../ports/log.ts';
import type { MessageStore, ShownPicture } from '../ports/messages.ts';
import type { QuestionStore } from '../ports/questions.ts';
import type { ResponseStore } from '../ports/responses.ts';
import type { WatchStore } from '../ports/watches.ts';
import type { AnswerRefusal, AnswerWish } from '../use-cases/answers/ask.ts';
import type { Except, PreviewException } from '../use-cases/exception/wish.ts';
import type { ShowCard } from '../use-cases/give-card.ts';
import type { LookUp } from '../use-cases/look-up/wanted.ts';
import type { AnswerQuestion, AskPerson } from '../use-cases/question/wish.ts';
import type { MayDecide, Respond } from '../use-cases/respond.ts';
import type { TakeStep } from '../use-cases/take-step.ts';
import type { Homes } from './home/homes.ts';
import type { LookUps } from './listeners/look-up.ts';
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
  showCard: ShowCard;
  responses: ResponseStore;
  respond: Respond;
  mayDecide: MayDecide;
  exceptions: ExceptionStore;
  except: Except;
  previewException: PreviewException;
  questions: QuestionStore;
  attempts: AttemptStore;
  askPerson: AskPerson;
  answerQuestion: AnswerQuestion;
  /** For people who wait: its own client, so that a queue that Slack paused never holds them up. */
  web: WebClient;
  clock: Clock;
  log: Log;
  channel: string;
  permalinkOf: PermalinkOf;
  /** Nothing when it had its effect. */
  askAnswer: (wish: AnswerWish) => Promise<AnswerRefusal | undefined>;
  lookUp: LookUp;
  lookUps: LookUps;
  status: () => Promise<Status>;
  homes: Homes;
  /** Has the charts of a report put where Slack can show them. Rejects when Slack doesn't take them. */
  charts: (report: Report) => Promise<ShownPicture[]>;
}
