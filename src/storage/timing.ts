import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { type Alert, VERDICTS } from '../domain/alert.ts';
import type { ResponseRequest } from '../domain/response/request.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { type Instant, SECOND } from '../domain/time.ts';
import type { AlertTimes } from '../domain/times.ts';
import type { Raised, TimesQuery } from '../ports/alerts.ts';
import { lower } from './alert-row.ts';
import type { Schema, TimingTable } from './schema.ts';

/** The row of a new alert. */
export function newTiming({ alert, lookedAt }: Raised): Insertable<TimingTable> {
  const { cause } = alert;
  return {
    alert_id: alert.id,
    raised_at: alert.raisedAt,
    account: alert.account,
    rule_id: alert.ruleId,
    group_lower: cause.is === 'match' ? lower(cause.object) : null,
    severity_rank: SEVERITIES.indexOf(alert.severity),
    event_time: cause.is === 'match' ? alert.eventTime : null,
    looked_at: lookedAt ?? null,
  };
}

/** Notes what an alert says about its times as it is now; what was first stays. */
export async function keepTiming(
  trx: Transaction<Schema>,
  { id, handling, severity, guide }: Alert,
): Promise<void> {
  const resolved = handling.is === 'resolved' ? handling : undefined;
  const acknowledgedAt = handling.is === 'acknowledged' ? handling.at : undefined;
  const marked = Object.values(guide).flatMap(({ state, at }) => (state === 'open' ? [] : at));
  const firstStepAt = marked.length > 0 ? Math.min(...marked) : undefined;
  await trx
    .updateTable('timing')
    .set({
      severity_rank: SEVERITIES.indexOf(severity),
      resolved_at: resolved?.at ?? null,
      verdict: resolved?.verdict ?? null,
      ...(acknowledgedAt !== undefined && {
        acknowledged_at: sql<number>`coalesce(acknowledged_at, ${acknowledgedAt})`,
      }),
      ...(firstStepAt !== undefined && {
        first_step_at: sql<number>`coalesce(first_step_at, ${firstStepAt})`,
      }),
    })
    .where('alert_id', '=', id)
    .execute();
}

/** Notes that a response was carried out in full; what takes one back contains nobody. */
export async function keepContained(
  trx: Transaction<Schema>,
  { alertId, action, state }: ResponseRequest,
  at: Instant,
): Promise<void> {
  if (state.is !== 'done' || action.do === 'undo') return;
  await trx
    .updateTable('timing')
    .set({ contained_at: sql<number>`coalesce(contained_at, ${at})` })
    .where('alert_id', '=', alertId)
    .execute();
}

/** Alerts raised in a span, the newest first. */
export async function timesOf(
  db: Kysely<Schema>,
  { from, to, limit }: TimesQuery,
): Promise<{ times: AlertTimes[]; total: number }> {
  const inSpan = db.selectFrom('timing as t').where('t.raised_at', '>=', from).where('t.raised_at', '<', to);
  const rows = await inSpan
    .leftJoin('message as m', (join) => join.onRef('m.alert_id', '=', 't.alert_id').on('m.kind', '=', 'card'))
    .selectAll('t')
    .select(['m.shown_at', 'm.ts'])
    .orderBy('t.raised_at', 'desc')
    .limit(limit)
    .execute();
  if (rows.length < limit) return { times: rows.map(timesOfRow), total: rows.length };
  const { total } = await inSpan
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { times: rows.map(timesOfRow), total: Number(total) };
}

function timesOfRow(
  row: Selectable<TimingTable> & { shown_at: number | null; ts: string | null },
): AlertTimes {
  return {
    alertId: row.alert_id,
    account: row.account,
    ruleId: row.rule_id,
    group: row.group_lower ?? undefined,
    severity: SEVERITIES[row.severity_rank] ?? 'low',
    eventTime: row.event_time ?? undefined,
    lookedAt: row.looked_at ?? undefined,
    raisedAt: row.raised_at,
    // Before it was kept: by Slack's own clock, which is in the name of the message.
    shownAt: row.shown_at ?? (row.ts === null ? undefined : Math.round(Number(row.ts) * SECOND)),
    acknowledgedAt: row.acknowledged_at ?? undefined,
    firstStepAt: row.first_step_at ?? undefined,
    containedAt: row.contained_at ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
    verdict: VERDICTS.find((verdict) => verdict === row.verdict),
  };
}
