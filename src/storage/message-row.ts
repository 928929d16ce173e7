import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { Drawing, Message } from '../ports/messages.ts';
import { conditions } from './exception-row.ts';
import type { MessageTable } from './schema.ts';

const unresolved = z.object({ open: z.number(), acknowledged: z.number() });

const notice = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('blind'),
    account: z.string(),
    name: z.string().optional(),
    since: z.number(),
    why: z.string(),
    remedy: z.string(),
  }),
  z.object({
    is: z.literal('seeing'),
    account: z.string(),
    name: z.string().optional(),
    since: z.number(),
    at: z.number(),
  }),
  z.object({
    is: z.literal('still-open'),
    at: z.number(),
    counts: z.object({ low: unresolved, medium: unresolved, high: unresolved, critical: unresolved }),
    alerts: z.array(z.string()),
  }),
  z.object({
    is: z.literal('digest'),
    from: z.number(),
    to: z.number(),
    pictures: z.array(z.object({ fileId: z.string(), title: z.string(), alt: z.string() })),
  }),
  z.object({
    is: z.literal('exception-expires'),
    exceptionId: z.string(),
    conditions,
    reason: z.string(),
    by: z.string(),
    expiresAt: z.number(),
    hits: z.number(),
  }),
  z.object({
    is: z.literal('gap'),
    account: z.string(),
    name: z.string().optional(),
    from: z.number(),
    until: z.number(),
  }),
  z.object({ is: z.literal('channel-lost'), channel: z.string(), why: z.string() }),
  z.object({ is: z.literal('config-broken'), problems: z.array(z.string()) }),
  z.object({
    is: z.literal('organization-unlisted'),
    why: z.string(),
    remedy: z.string(),
    watched: z.number(),
  }),
  z.object({
    is: z.literal('organization-changed'),
    added: z.array(z.string()),
    dropped: z.array(z.string()),
  }),
]);

const digest = z.object({ id: z.string(), at: z.number() });

const drawing = z.discriminatedUnion('of', [
  z.object({ of: z.literal('card'), alertId: z.string() }),
  z.object({ of: z.literal('copy'), alertId: z.string() }),
  z.object({ of: z.literal('guide'), alertId: z.string(), phase: z.string() }),
  z.object({ of: z.literal('line'), alertId: z.string(), sequence: z.number() }),
  z.object({ of: z.literal('request'), alertId: z.string(), requestId: z.string() }),
  z.object({ of: z.literal('runbook'), alertId: z.string(), requestId: z.string() }),
  z.object({ of: z.literal('details'), alertId: z.string(), step: z.string() }),
  z.object({
    of: z.literal('file'),
    alertId: z.string(),
    step: z.string(),
    what: z.enum(['picture', 'table']),
    at: z.number(),
  }),
  z.object({ of: z.literal('exception'), alertId: z.string(), exceptionId: z.string() }),
  z.object({ of: z.literal('question'), alertId: z.string(), questionId: z.string() }),
  z.object({ of: z.literal('notice'), notice }),
  z.object({ of: z.literal('digest'), digest }),
  z.object({ of: z.literal('digest-file'), digest }),
]) satisfies z.ZodType<Drawing>;

/** What people asked for comes before new cards; redraws of what is shown come before all. */
const URGENCY: Record<Drawing['of'], number> = {
  request: 1,
  runbook: 1,
  exception: 1,
  question: 1,
  guide: 1,
  details: 1,
  file: 1,
  line: 2,
  notice: 3,
  digest: 3,
  'digest-file': 3,
  card: 4,
  copy: 4,
};

/** A message that isn't posted yet. `position` orders it among its like. */
export function newMessage(
  id: string,
  wanted: Drawing,
  { channel, version, position }: { channel: string; version: number; position: number },
): Insertable<MessageTable> {
  return {
    id,
    alert_id: 'alertId' in wanted ? wanted.alertId : null,
    kind: wanted.of,
    drawing: JSON.stringify(wanted),
    channel,
    wanted_version: version,
    shown_version: 0,
    urgency: URGENCY[wanted.of],
    position,
    retry_at: 0,
    failures: 0,
  };
}

export function messageOf(row: Selectable<MessageTable>): Message {
  const wanted = drawing.safeParse(JSON.parse(row.drawing));
  if (!wanted.success)
    throw new Error(`table message, id ${row.id}: the row is not a message`, { cause: wanted.error });
  return {
    id: row.id,
    drawing: wanted.data,
    channel: row.channel,
    ts: row.ts ?? undefined,
    wantedVersion: row.wanted_version,
    shownVersion: row.shown_version,
    shownAt: row.shown_at ?? undefined,
    triedAt: row.tried_at ?? undefined,
    failures: row.failures,
  };
}
