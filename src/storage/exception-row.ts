import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { isLive } from '../domain/exception/lifecycle.ts';
import type { Conditions, Exception } from '../domain/exception.ts';
import type { ExceptionTable } from './schema.ts';

const instant = z.number();
const text = z.string();

/** What an event must be like, as it is kept. */
export const conditions = z.object({
  actor: text.optional(),
  user: text.optional(),
  group: text.optional(),
  account: text.optional(),
  source: text.optional(),
  userAgent: text.optional(),
}) satisfies z.ZodType<Conditions>;

const exception = z.object({
  id: text,
  version: z.number(),
  alertId: text,
  conditions,
  reason: text,
  by: text,
  at: instant,
  expiresAt: instant,
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('pending') }),
    z.object({ is: z.literal('active'), approvedBy: text.optional(), at: instant }),
    z.object({ is: z.literal('denied'), by: text, at: instant }),
    z.object({ is: z.literal('ended'), by: text.optional(), at: instant }),
  ]),
}) satisfies z.ZodType<Omit<Exception, 'hits' | 'lastHitAt'>>;

/** The exception in a row; a row that doesn't hold one is an error that names it. */
export function exceptionOf({ id, state, hits, last_hit_at }: Selectable<ExceptionTable>): Exception {
  try {
    return { ...exception.parse(JSON.parse(state)), hits, lastHitAt: last_hit_at ?? undefined };
  } catch (error) {
    throw new Error(`table exception, id ${id}: the row is not an exception`, { cause: error });
  }
}

/** The row that holds an exception, but for its hits: those are counted in their own columns. */
export function rowOfException(given: Exception): Omit<Insertable<ExceptionTable>, 'hits' | 'last_hit_at'> {
  const { hits, lastHitAt, ...kept } = given;
  return {
    id: given.id,
    version: given.version,
    alert_id: given.alertId,
    live: isLive(given) ? 1 : 0,
    active: given.state.is === 'active' ? 1 : 0,
    at: given.at,
    expires_at: given.expiresAt,
    state: JSON.stringify(kept),
  };
}
