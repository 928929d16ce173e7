import type { UserId } from '../domain/person.ts';

/** The Home tab as each person has it. */
export interface HomeStore {
  /** From now on it is drawn for this person; on its first page. `hash` is that of the view that Slack has. */
  opened(userId: UserId, hash?: string): Promise<void>;
  /** Nothing for who has never opened it. */
  find(userId: UserId): Promise<{ page: number; hash?: string } | undefined>;
  turn(userId: UserId, page: number): Promise<void>;
  /** Slack shows a new view. */
  shown(userId: UserId, hash: string | undefined): Promise<void>;
}
