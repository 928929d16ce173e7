import type { Insertable, Transaction } from 'kysely';
import { z } from 'zod';
import { actorKey } from '../domain/actor.ts';
import type { Attempt } from '../domain/attempt.ts';
import { ATTEMPTS_JOB, type NewAttempt } from '../ports/attempts.ts';
import { event, lower } from './alert-row.ts';
import { addJobs } from './job-store.ts';
import type { AttemptTable, Schema } from './schema.ts';
import { storable } from './text.ts';

const attempt = z.object({
  account: z.string(),
  event,
  subject: z.string().optional(),
  object: z.string().optional(),
  denied: z.boolean(),
}) satisfies z.ZodType<Attempt>;

/** The attempt in a row; a row that doesn't hold one is an error that names it. */
export function attemptOf({ event_key, state }: { event_key: string; state: string }): Attempt {
  try {
    return attempt.parse(JSON.parse(state));
  } catch (error) {
    throw new Error(`table attempt, event ${event_key}: the row is not an attempt`, { cause: error });
  }
}

/** What an actor's attempts are found by. */
export const actorKeyOf = (actor: string): string => lower(actor) ?? '';

function rowOf({ attempt: given, raw, softKey }: NewAttempt): Insertable<AttemptTable> {
  const { account, event: happened } = given;
  const { actor } = happened;
  return {
    account,
    event_key: happened.key,
    soft_key: softKey ?? null,
    at: happened.time,
    actor_key: actorKeyOf(actorKey(actor)),
    actor_lower: lower(actor.name),
    access_key_lower: lower(actor.accessKeyId),
    counted: 0,
    state: JSON.stringify(given),
    raw: storable(raw),
  };
}

/**
 * Stores attempts that aren't known yet, within a transaction that has taken its turn, and has them counted. A second
 * record of the same call is no second attempt.
 */
export async function keepAttempts(trx: Transaction<Schema>, attempts: readonly NewAttempt[]): Promise<void> {
  const fresh = await unknownOf(trx, attempts);
  if (fresh.length === 0) return;
  await trx
    .insertInto('attempt')
    .values(fresh.map(rowOf))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const subjects = new Set(
    fresh.map(({ attempt: { account, event: happened } }) => `${account} ${actorKey(happened.actor)}`),
  );
  await addJobs(
    trx,
    [...subjects].map((subject) => ({
      id: storable(`${ATTEMPTS_JOB}:${subject}`),
      kind: ATTEMPTS_JOB,
      subject: storable(subject),
      dueAt: 0,
    })),
  );
}

async function unknownOf(trx: Transaction<Schema>, attempts: readonly NewAttempt[]): Promise<NewAttempt[]> {
  if (attempts.length === 0) return [];
  const softKeys = attempts.flatMap(({ softKey }) => softKey ?? []);
  const keyOf = (account: string, key: string): string => `${account}\0${key}`;
  const rows = await trx
    .selectFrom('attempt')
    .select(['account', 'event_key', 'soft_key'])
    .where(({ or, eb }) =>
      or([
        eb(
          'event_key',
          'in',
          attempts.map((one) => one.attempt.event.key),
        ),
        ...(softKeys.length > 0 ? [eb('soft_key', 'in', softKeys)] : []),
      ]),
    )
    .execute();
  const known = new Set(
    rows.flatMap(({ account, event_key, soft_key }) => [
      keyOf(account, event_key),
      ...(soft_key === null ? [] : [keyOf(account, soft_key)]),
    ]),
  );
  return attempts.filter(({ attempt: { account, event: happened }, softKey }) => {
    const keys = [happened.key, ...(softKey === undefined ? [] : [softKey])].map((key) =>
      keyOf(account, key),
    );
    const isKnown = keys.some((key) => known.has(key));
    for (const key of keys) known.add(key);
    return !isKnown;
  });
}
