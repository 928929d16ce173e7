import type { Kysely } from 'kysely';
import type { CountStore } from '../ports/exceptions.ts';
import { memberOfState } from './json-member.ts';
import type { Schema } from './schema.ts';

export function countStore(db: Kysely<Schema>): CountStore {
  return {
    async unresolved() {
      const severity = memberOfState(db, 'severity');
      const rows = await db
        .selectFrom('alert')
        .select(({ fn }) => ['handling', severity.as('severity'), fn.countAll<number>().as('count')])
        .where('handling', 'in', ['open', 'acknowledged'])
        .groupBy(['handling', severity])
        .execute();
      return rows.map(({ handling, severity: of, count }) => ({
        state: handling,
        severity: of,
        count: Number(count),
      }));
    },

    async requests() {
      const state = memberOfState(db, 'state', 'is');
      const rows = await db
        .selectFrom('response')
        .select(({ fn }) => [state.as('state'), fn.countAll<number>().as('count')])
        .groupBy(state)
        .execute();
      return rows.map(({ state: of, count }) => ({ state: of, count: Number(count) }));
    },

    async blindAccounts() {
      const { count } = await db
        .selectFrom('blindness')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async behind(limit) {
      const rows = await db
        .selectFrom('message')
        .select(['id', 'shown_version'])
        .whereRef('shown_version', '<', 'wanted_version')
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(({ id, shown_version }) => `${id}/${shown_version}`);
    },
  };
}
