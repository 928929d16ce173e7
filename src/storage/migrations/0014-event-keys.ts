import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** An event that people look up by its id, and that no alert was raised for, is known to be nobody's at once. */
export const eventKeys: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema.createIndex('event_record_event_key').on('event_record').column('event_key').execute();
  },
};
