import { z } from 'zod';
import { type Alert, VERDICTS } from '../domain/alert.ts';
import { ANSWERS, ASKED } from '../domain/question.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { assessment } from './assessment-row.ts';
import { storable } from './text.ts';

const instant = z.number();
const person = z.string();
const deed = { by: person, at: instant };

const actor = z.object({
  type: z.string(),
  name: z.string(),
  arn: z.string().optional(),
  principalId: z.string().optional(),
  accountId: z.string().optional(),
  accessKeyId: z.string().optional(),
  human: z.object({ name: z.string(), by: z.enum(['sourceIdentity', 'sessionName']) }).optional(),
  mfa: z.boolean().optional(),
  invokedBy: z.string().optional(),
  delegateAccount: z.string().optional(),
});

const address = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ip'), version: z.union([z.literal(4), z.literal(6)]), text: z.string() }),
  z.object({ is: z.enum(['service', 'aws-internal', 'unknown']), text: z.string() }),
]);

/** An event as it is kept, with an alert or an attempt. */
export const event = z.object({
  key: z.string(),
  eventId: z.string().optional(),
  requestId: z.string().optional(),
  account: z.string(),
  region: z.string(),
  time: instant,
  source: z.string(),
  name: z.string(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
  parametersOmitted: z.boolean().optional(),
  actor,
  sourceAddress: address,
  userAgent: z.string().optional(),
  fromConsole: z.boolean(),
  readOnly: z.boolean().optional(),
  addendum: z
    .object({
      reason: z.string(),
      originalEventId: z.string().optional(),
      updatedFields: z.string().optional(),
    })
    .optional(),
});

const mark = z.object({
  state: z.enum(['open', 'done', 'not-applicable']),
  ...deed,
  note: z.object({ text: z.string(), ...deed }).optional(),
  evidence: z
    .array(z.object({ asked: z.enum(ASKED), ...deed, said: z.enum(ANSWERS), comment: z.string().optional() }))
    .optional(),
});

const alert = z.object({
  id: z.string(),
  version: z.number(),
  ruleId: z.string(),
  account: z.string(),
  region: z.string(),
  eventKey: z.string(),
  eventTime: instant,
  raisedAt: instant,
  severity: z.enum(SEVERITIES),
  riskScore: z.number(),
  cause: z.discriminatedUnion('is', [
    z.object({
      is: z.literal('match'),
      event,
      subject: z.string().optional(),
      object: z.string().optional(),
    }),
    z.object({ is: z.literal('unreadable'), why: z.string() }),
  ]),
  assessment: assessment.optional(),
  handling: z.discriminatedUnion('is', [
    z.object({ is: z.literal('open') }),
    z.object({ is: z.literal('acknowledged'), ...deed }),
    z.object({ is: z.literal('resolved'), ...deed, verdict: z.enum(VERDICTS), note: z.string() }),
  ]),
  reopened: z.object(deed).optional(),
  assignee: z.object({ to: person, ...deed }).optional(),
  snooze: z.object({ until: instant, ...deed }).optional(),
  wokenAt: instant.optional(),
  reminded: z.object({ times: z.number(), at: instant }).optional(),
  disablement: z.object({ ...deed, user: z.string(), reason: z.string() }).optional(),
  pinned: z.object({ userId: z.string().optional(), groupId: z.string().optional(), at: instant }).optional(),
  guideOpenedBy: person.optional(),
  guide: z.record(z.string(), mark),
  related: z.array(
    z.object({
      key: z.string(),
      relation: z.enum(['correction', 'duplicate', 'own-action']),
      updatedFields: z.string().optional(),
    }),
  ),
}) satisfies z.ZodType<Alert>;

/** The alert in a row; a row that doesn't hold one is an error that names it. */
export function alertOf({ id, state }: { id: string; state: string }): Alert {
  try {
    return alert.parse(JSON.parse(state));
  } catch (error) {
    throw new Error(`table alert, id ${id}: the row is not an alert`, { cause: error });
  }
}

/** The row that holds an alert, with what it is searched by beside it. */
export function rowOf(alert: Alert) {
  const match = alert.cause.is === 'match' ? alert.cause : undefined;
  return {
    id: alert.id,
    version: alert.version,
    account: alert.account,
    event_key: alert.eventKey,
    event_id: match?.event.eventId ?? null,
    event_time: alert.eventTime,
    raised_at: alert.raisedAt,
    handling: alert.handling.is,
    snoozed_until: alert.snooze?.until ?? null,
    severity_rank: SEVERITIES.indexOf(alert.severity),
    taken_by: takenBy(alert),
    subject_lower: lower(match?.subject),
    object_lower: lower(match?.object),
    actor_lower: lower(match?.event.actor.name),
    actor_arn_lower: lower(match?.event.actor.arn),
    access_key_lower: lower(match?.event.actor.accessKeyId),
    state: JSON.stringify(alert),
  };
}

const takenBy = ({ assignee, handling }: Alert): string | null =>
  assignee?.to ?? (handling.is === 'acknowledged' ? handling.by : null);

/** The longest ARN fits; what is longer can be found by its beginning. PostgreSQL indexes no more than 2,700 bytes. */
const LONGEST_NAME = 800;

/** IAM compares names without regard to case. */
export function lower(text: string | undefined): string | null {
  return text === undefined ? null : storable(text.toLowerCase().slice(0, LONGEST_NAME));
}
