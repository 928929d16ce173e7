import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When Slack first showed a message. What was shown before isn't known any more. */
export const shownAt: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema.alterTable('message').addColumn('shown_at', 'bigint').execute();
  },
};
