/** Tables as both engines have them: text, whole numbers, and JSON kept as text. Times are milliseconds. */
export interface Schema {
  alert: AlertTable;
  event_record: EventRecordTable;
  audit: AuditTable;
  audit_head: { sequence: number; hash: string };
  message: MessageTable;
  job: JobTable;
  lease: LeaseTable;
  replica: ReplicaTable;
  watch: WatchTable;
  response: ResponseTable;
  answer: AnswerTable;
  own_call: { aws_request_id: string; response_id: string; alert_id: string };
  blindness: { account: string; since: number };
}

export interface AlertTable {
  id: string;
  version: number;
  account: string;
  event_key: string;
  event_id: string | null;
  soft_key: string | null;
  event_time: number;
  raised_at: number;
  handling: string;
  snoozed_until: number | null;
  subject_lower: string | null;
  object_lower: string | null;
  actor_lower: string | null;
  actor_arn_lower: string | null;
  access_key_lower: string | null;
  /** The whole alert. The columns beside it are there to search by. */
  state: string;
}

/** Every record that belongs to an alert, as AWS gave it. */
export interface EventRecordTable {
  account: string;
  event_key: string;
  alert_id: string;
  relation: string;
  raw: string;
}

/** Who did what. Only ever added to; each row has the hash of the one before, and one over itself. */
export interface AuditTable {
  /** From 1 on, without a gap. */
  sequence: number;
  at: number;
  /** No foreign key: an alert may be pruned one day, and what was done about it stays. */
  alert_id: string | null;
  response_id: string | null;
  by: string | null;
  by_name: string | null;
  by_team: string | null;
  what: string;
  from_state: string | null;
  to_state: string | null;
  facts: string;
  request_key: string | null;
  previous_hash: string;
  hash: string;
}

export interface MessageTable {
  id: string;
  alert_id: string | null;
  kind: string;
  drawing: string;
  channel: string;
  ts: string | null;
  wanted_version: number;
  shown_version: number;
  urgency: number;
  /** Order among messages of one urgency. */
  position: number;
  holder: string | null;
  lease_until: number | null;
  tried_at: number | null;
  retry_at: number;
  failures: number;
  last_failure: string | null;
}

export interface JobTable {
  id: string;
  kind: string;
  subject: string;
  due_at: number;
  /** Set when it was asked for again while somebody was at it. */
  again_at: number | null;
  holder: string | null;
  lease_until: number | null;
  failures: number;
  last_failure: string | null;
}

export interface LeaseTable {
  name: string;
  holder: string;
  until: number;
  /** Grows by one with every change of hands. */
  token: number;
}

export interface ReplicaTable {
  holder: string;
  host: string;
  pid: number;
  version: string;
  started_at: number;
  seen_at: number;
}

export interface ResponseTable {
  id: string;
  version: number;
  alert_id: string;
  account: string;
  /** The user, the role, or the request that is taken back. */
  target_lower: string;
  /** 1 while it may still have an effect, or has one that can be taken back. */
  live: number;
  asked_at: number;
  /** The whole request. */
  state: string;
}

export interface AnswerTable {
  alert_id: string;
  step: string;
  /** The last answer, as JSON. */
  answer: string | null;
  /** Set while it is being looked up. */
  asked_since: number | null;
  asked_by: string | null;
  pages: number;
  trouble: string | null;
  trouble_at: number | null;
}

export interface WatchTable {
  account: string;
  region: string;
  scan: string;
  since: number;
  watermark: number | null;
  completed_at: number | null;
}
