import SQLite from 'better-sqlite3';
import { HOUR, type Instant } from '../../src/domain/time.ts';
import { rowOf } from '../../src/storage/alert-row.ts';
import { raised } from '../support/alerts.ts';

/** Alerts come a thousand a day, so that the last day holds the same at every count. */
const EVERY = (24 * HOUR) / 1_000;
const OPEN = 200;
const ACKNOWLEDGED = 200;

/**
 * Fills an empty database with alerts of the past, the newest being number 1: worked through and drawn, but for the
 * newest few hundred. Straight into the tables, since raising a million would take a quarter of an hour; the audit log's
 * hashes are made up, and records are short, since nothing that is measured reads either.
 */
export function seed(path: string, count: number, now: Instant): void {
  const db = new SQLite(path);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  db.exec('begin');
  for (const statement of statements(now)) db.prepare(`${NUMBERS} ${statement}`).run({ count });
  const head = 'update audit_head set sequence = (select max(sequence) from audit), hash = @hash';
  db.prepare(head).run({ hash: HASH });
  db.exec('commit');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

export const userOf = (n: number): string => `user-${n % 9_973}`;
export const groupOf = (n: number): string => `group-${n % 97}`;
export const actorOf = (n: number): string =>
  `arn:aws:sts::111122223333:assumed-role/Admin/person-${n % 1_009}`;
/** When it happened, for who asks not long after all was stored. */
export const aboutWhen = (n: number): Instant => Date.now() - n * EVERY;
export const eventIdOf = (n: number): string => `seed-${n}`;
export const alertIdOf = (n: number): string => `GW-${String(n).padStart(12, '0')}`;

const HASH = '0'.repeat(64);
const NUMBERS =
  'with recursive numbers(n) as (values (1) union all select n + 1 from numbers where n < @count)';

/** What of an alert is written as SQL, and by which mark it is known in the JSON that all have in common. */
const MARKS = {
  eventTime: 1_111_111_111_111,
  user: '%USER%',
  group: '%GROUP%',
  actor: '%ACTOR%',
  id: '%ID%',
  event: '%EVENT%',
} as const;

function statements(now: Instant): string[] {
  const time = `(${now} - n * ${EVERY})`;
  const sql = {
    time,
    user: "('user-' || n % 9973)",
    group: "('group-' || n % 97)",
    actor: "('arn:aws:sts::111122223333:assumed-role/Admin/person-' || n % 1009)",
    id: "printf('GW-%012d', n)",
    event: "('seed-' || n)",
    handling: `case when n <= ${OPEN} then 'open' when n <= ${OPEN + ACKNOWLEDGED} then 'acknowledged' else 'resolved' end`,
  };
  return [
    alerts(sql),
    `insert into timing (alert_id, raised_at, account, rule_id, group_lower, severity_rank, event_time)
     select ${sql.id}, ${time}, '111122223333', 'bench', ${sql.group}, 1, ${time} from numbers`,
    `insert into event_record select '111122223333', ${sql.event}, ${sql.id}, 'original', '{}' from numbers`,
    `insert into message (id, alert_id, kind, drawing, channel, ts, wanted_version, shown_version, urgency, position)
     select 'card:' || ${sql.id}, ${sql.id}, 'card', '{"of":"card","alertId":"' || ${sql.id} || '"}', 'C0BENCH',
       n || '.000100', 1, 1, 4, ${time} from numbers`,
    `insert into audit (sequence, at, alert_id, what, to_state, facts, previous_hash, hash)
     select n, ${time}, ${sql.id}, 'raised', 'open', '{}', '${HASH}',
       '${HASH}' from numbers`,
  ];
}

type Parts = Record<'time' | 'user' | 'group' | 'actor' | 'id' | 'event' | 'handling', string>;

function alerts(sql: Parts): string {
  const { alert } = raised({
    eventID: MARKS.event,
    requestParameters: { userName: MARKS.user, groupName: MARKS.group },
  });
  const { cause } = alert;
  if (cause.is !== 'match') throw new Error('the record is not an addition');
  const actor = { ...cause.event.actor, arn: MARKS.actor };
  const event = { ...cause.event, actor, time: MARKS.eventTime };
  const times = { eventTime: MARKS.eventTime, raisedAt: MARKS.eventTime };
  const common = { ...alert, ...times, id: MARKS.id, cause: { ...cause, event } };
  const done = { by: 'U0ANA', at: MARKS.eventTime };
  const states = [
    rowOf({ ...common, handling: { is: 'open' } }).state,
    rowOf({ ...common, handling: { is: 'acknowledged', ...done } }).state,
    rowOf({ ...common, handling: { is: 'resolved', ...done, verdict: 'benign', note: 'Known' } }).state,
  ].map((text) => `'${text.replaceAll("'", "''")}'`);
  const json = `case when n <= ${OPEN} then ${states[0]} when n <= ${OPEN + ACKNOWLEDGED} then ${states[1]} else ${states[2]} end`;
  const state = (['user', 'group', 'actor', 'id', 'event'] as const).reduce(
    (text, name) => `replace(${text}, '${MARKS[name]}', ${sql[name]})`,
    `replace(${json}, '${MARKS.eventTime}', cast(${sql.time} as integer))`,
  );
  return `insert into alert (id, version, account, event_key, event_id, soft_key, event_time, raised_at, handling,
      severity_rank, taken_by, subject_lower, object_lower, actor_lower, actor_arn_lower, access_key_lower, state)
    select ${sql.id}, 1, '111122223333', ${sql.event}, ${sql.event}, 'soft-' || n, ${sql.time}, ${sql.time},
      ${sql.handling}, 1, case when n between ${OPEN + 1} and ${OPEN + ACKNOWLEDGED} then 'U0ANA' end, ${sql.user},
      ${sql.group}, 'admin', lower(${sql.actor}), 'asiaexample01', ${state} from numbers`;
}
