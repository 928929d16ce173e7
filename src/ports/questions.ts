import type { Alert, AlertId } from '../domain/alert.ts';
import type { UserId } from '../domain/person.ts';
import type { Question, QuestionId } from '../domain/question.ts';
import type { Saving } from './alerts.ts';
import type { Change } from './responses.ts';

export interface QuestionStore {
  /**
   * A new one, with the message to the person asked. `repeated` for a second delivery of the same click, `moved-on`
   * when the same person was asked the same about this alert before.
   */
  open(question: Question, change: Change): Promise<Saving>;
  /** Saves over `question.version - 1` only, and the alert that it changes over its own: both or none. */
  save(question: Question, change: Change, alert?: Alert): Promise<Saving>;
  find(id: QuestionId): Promise<Question | undefined>;
  /** Oldest first. */
  ofAlert(alertId: AlertId): Promise<Question[]>;
}

/** Who can be asked something, as Slack knows people. Rejects when Slack can't be asked. */
export interface Colleagues {
  /** Whose address this is; `unfit` says why they can't be asked, as a sentence. */
  byEmail(
    email: string,
  ): Promise<{ is: 'fit'; id: UserId } | { is: 'unfit'; id: UserId; why: string } | { is: 'unknown' }>;
  /** The direct conversation with them, which is opened for it. */
  conversationWith(id: UserId): Promise<string>;
}
