import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * A card may stand in a digest instead of the channel, and then nobody wants it drawn. What is to be drawn is found in
 * the order in which it is, however much there is.
 */
export const digests: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema.alterTable('message').addColumn('digest', 'text').execute();
    await db.schema
      .createIndex('message_digest')
      .on('message')
      .column('digest')
      .where(sql<boolean>`digest is not null`)
      .execute();
    await db.schema
      .createIndex('message_undecided')
      .on('message')
      .column('alert_id')
      .where(sql<boolean>`wanted_version = 0 and digest is null and kind = 'card'`)
      .execute();
    await db.schema
      .createIndex('message_to_post')
      .on('message')
      .columns(['urgency', 'position', 'id'])
      .where(sql<boolean>`shown_version < wanted_version and ts is null`)
      .execute();
    await db.schema
      .createIndex('message_to_update')
      .on('message')
      .columns(['position', 'id'])
      .where(sql<boolean>`shown_version < wanted_version and ts is not null`)
      .execute();
  },
};
