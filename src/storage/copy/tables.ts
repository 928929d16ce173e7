import type { Schema } from '../schema.ts';

/** Every table with its key, each behind those that it refers to. */
export const TABLES = {
  alert: ['id'],
  event_record: ['account', 'event_key'],
  audit: ['sequence'],
  audit_head: ['sequence'],
  message: ['id'],
  answer: ['alert_id', 'step'],
  response: ['id'],
  own_call: ['aws_request_id'],
  job: ['id'],
  lease: ['name'],
  replica: ['holder'],
  watch: ['account', 'region', 'scan'],
  blindness: ['account'],
} satisfies { [Table in keyof Schema]: (keyof Schema[Table])[] };

/** A row as it stands: text, numbers and nulls by column. */
export type Row = Record<string, unknown>;
