import cron from 'node-cron';
import { z } from 'zod';
import { isPrincipalPattern } from './domain/response/protected.ts';
import { DAY, MINUTE } from './domain/time.ts';

const required = (name: string, example: string) =>
  z.string({ error: `${name} is missing: ${example}` }).min(1, `${name} is empty: ${example}`);

const port = (name: string, fallback: number) =>
  z.coerce
    .number({ error: `${name} must be a port number` })
    .int(`${name} must be a port number`)
    .min(0, `${name} must be a port number, 0 to 65535`)
    .max(65_535, `${name} must be a port number, 0 to 65535`)
    .default(fallback);

const minutes = (name: string, fallback: number, most: number, thatIs: string) =>
  z.coerce
    .number({ error: `${name} must be a number` })
    .min(1, `${name} must be at least 1`)
    .max(most, `${name} must be at most ${most}, which is ${thatIs}`)
    .default(fallback);

const toggle = (name: string) =>
  z.enum(['true', 'false'], { error: `${name} must be true or false` }).default('false');

const list = (between: string | RegExp) =>
  z
    .string()
    .default('')
    .transform((items) =>
      items
        .split(between)
        .map((item) => item.trim())
        .filter(Boolean),
    );

const onlyIds = (name: string) =>
  list(',').refine(
    (ids) => ids.every((id) => /^[UWS][A-Z0-9]{2,}$/.test(id)),
    `${name} takes Slack ids, comma between them: users (U… or W…, from a profile's menu "Copy member ID") and user groups (S…)`,
  );

/** A name in an ARN may have a comma, so only one with an ARN after it, or nothing, stands between two. */
const BETWEEN_ARNS = /,(?=\s*(?:arn:|,|$))/;

const url = (name: string) => z.url({ error: `${name} must be an address such as http://127.0.0.1:4000/` });

const environment = z.object({
  SLACK_BOT_TOKEN: required(
    'SLACK_BOT_TOKEN',
    'the "Bot User OAuth Token" of your Slack app, xoxb-…',
  ).startsWith(
    'xoxb-',
    'SLACK_BOT_TOKEN must begin with xoxb-: it is the "Bot User OAuth Token" of your Slack app',
  ),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'SLACK_APP_TOKEN must begin with xapp-: make one with the scope connections:write')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, 'SLACK_SIGNING_SECRET is too short to be one').optional(),
  SLACK_PORT: port('SLACK_PORT', 3000),
  SLACK_API_URL: url('SLACK_API_URL').optional(),
  ALERT_CHANNEL: required('ALERT_CHANNEL', 'the id of the channel for alerts, C…').regex(
    /^[CG][A-Z0-9]{2,}$/,
    "ALERT_CHANNEL must be a channel's id (C…), not its name: it stands at the end of the channel's details in Slack",
  ),
  RESPONDERS: onlyIds('RESPONDERS'),
  APPROVERS: onlyIds('APPROVERS'),
  MENTION_RESPONDERS_ON: z
    .enum(['critical', 'high', 'never'], {
      error: 'MENTION_RESPONDERS_ON must be critical, high or never',
    })
    .default('critical'),
  POLL_SCHEDULE: z
    .string()
    .default('*/15 * * * * *')
    .refine(
      (expression) => cron.validate(expression),
      'POLL_SCHEDULE must be a cron expression, seconds first if it has six fields, such as */15 * * * * *',
    ),
  LOOKBACK_MINUTES: minutes('LOOKBACK_MINUTES', 60, 20_160, '14 days'),
  RESPONSE_MODE: z
    .enum(['request', 'execute'], {
      error: 'RESPONSE_MODE must be request (people run the commands) or execute (Groupwatch does)',
    })
    .default('request'),
  RESPONDER_ROLE_ARN: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'RESPONDER_ROLE_ARN must be the ARN of a role, such as arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder',
    )
    .optional(),
  RESPONDER_EXTERNAL_ID: z
    .string()
    .regex(
      /^[\w+=,.@:/-]{2,1224}$/,
      'RESPONDER_EXTERNAL_ID must have 2 to 1224 characters of letters, digits and + = , . @ : / -',
    )
    .optional(),
  PROTECTED_PRINCIPALS: list(BETWEEN_ARNS).refine(
    (arns) => arns.every(isPrincipalPattern),
    'PROTECTED_PRINCIPALS takes ARNs of IAM users and roles, comma between, * for any text: arn:aws:iam::111122223333:user/break-glass/*',
  ),
  REQUEST_EXPIRY_MINUTES: minutes('REQUEST_EXPIRY_MINUTES', 60, 10_080, '7 days'),
  REVOKE_SESSIONS: toggle('REVOKE_SESSIONS'),
  DATABASE_URL: z
    .string()
    .default('file:./data/groupwatch.db')
    .refine(
      (address) => /^(file:.+|postgres(ql)?:\/\/.+)/.test(address),
      'DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
    ),
  RETENTION_DAYS: z.coerce
    .number({ error: 'RETENTION_DAYS must be a number of days' })
    .int('RETENTION_DAYS must be a whole number of days')
    .min(100, 'RETENTION_DAYS must be at least 100: CloudTrail can deliver an event again for 90 days')
    .max(36_500, 'RETENTION_DAYS must be at most 36500')
    .default(400),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/, 'AWS_REGION must be a Region, such as eu-central-1')
    .optional(),
  ACTIVITY_REGIONS: list(',').refine(
    (regions) => regions.every((region) => /^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)),
    'ACTIVITY_REGIONS takes AWS Regions, comma between them: us-east-1,eu-central-1',
  ),
  HTTP_PORT: port('HTTP_PORT', 8080),
  HTTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
});

const NO_DELIVERY =
  'SLACK_APP_TOKEN is missing: the app-level token of your Slack app, xapp-… (or set SLACK_SIGNING_SECRET, for HTTP mode)';

const NO_ROLE =
  'RESPONDER_ROLE_ARN is missing: with RESPONSE_MODE=execute Groupwatch writes to IAM by a role of its own, which it only assumes for approved requests (npm run iam-policy prints its policies)';

const NO_EXTERNAL_ID =
  "RESPONDER_EXTERNAL_ID is missing: RESPONDER_ROLE_ARN's trust policy asks for one, so that nobody else's program can be led to use the role";

/** Names of all settings that Groupwatch itself reads; AWS_* are read by the AWS SDK. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** How clicks and commands arrive: over Socket Mode, or as signed requests to our own server. */
export type Delivery =
  | { is: 'socket'; appToken: string }
  | { is: 'http'; signingSecret: string; port: number };

/** How approved requests are carried out: by people, or by us with the credentials of a role. */
export interface ResponseSettings {
  mode: 'request' | 'execute';
  /** Always there when the mode is `execute`. */
  responder: { roleArn: string; externalId: string } | undefined;
  /** ARNs, with `*`, that no action may touch. */
  protectedPrincipals: string[];
  /** How long a request waits for an approver, in milliseconds. */
  expiry: number;
  /** Whether sessions of roles may be revoked. */
  revokeSessions: boolean;
}

export interface Settings {
  botToken: string;
  delivery: Delivery;
  slackApiUrl: string | undefined;
  channel: string;
  responders: string[];
  approvers: string[];
  /** From which severity on the responders are mentioned. */
  mentionRespondersOn: 'critical' | 'high' | 'never';
  pollSchedule: string;
  /** Milliseconds. */
  lookback: number;
  response: ResponseSettings;
  databaseUrl: string;
  /** How long closed alerts and records are kept, in milliseconds. */
  keepFor: number;
  /** The Region of the SDK's own settings; its partition decides where IAM's events are looked for. */
  awsRegion: string;
  /** Where people's activity is looked for beside the Region of IAM's events; empty for `awsRegion`. */
  activityRegions: string[];
  httpPort: number;
  httpHost: string;
  logLevel: string;
}

/** Settings, or everything that is wrong with them, each a sentence that says what to do. */
export type Configuration = { ok: true; settings: Settings } | { ok: false; problems: string[] };

type Variables = Record<string, string | undefined>;

/** Reads settings from environment variables. An empty variable counts as not set. */
export function configure(variables: Variables): Configuration {
  const given = withoutEmpty(variables);
  const parsed = environment.safeParse(given);
  const problems = parsed.error?.issues.map(({ message }) => message) ?? [];
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) problems.push(NO_DELIVERY);
  if (given.RESPONSE_MODE === 'execute' && !given.RESPONDER_ROLE_ARN) problems.push(NO_ROLE);
  if (given.RESPONDER_ROLE_ARN && !given.RESPONDER_EXTERNAL_ID) problems.push(NO_EXTERNAL_ID);
  if (!parsed.success || problems.length > 0) return { ok: false, problems: [...new Set(problems)] };
  const env = parsed.data;
  return {
    ok: true,
    settings: {
      botToken: env.SLACK_BOT_TOKEN,
      delivery: env.SLACK_APP_TOKEN
        ? { is: 'socket', appToken: env.SLACK_APP_TOKEN }
        : { is: 'http', signingSecret: env.SLACK_SIGNING_SECRET ?? '', port: env.SLACK_PORT },
      slackApiUrl: env.SLACK_API_URL,
      channel: env.ALERT_CHANNEL,
      responders: env.RESPONDERS,
      approvers: env.APPROVERS,
      mentionRespondersOn: env.MENTION_RESPONDERS_ON,
      pollSchedule: env.POLL_SCHEDULE,
      lookback: env.LOOKBACK_MINUTES * MINUTE,
      response: responseOf(env),
      databaseUrl: env.DATABASE_URL,
      keepFor: env.RETENTION_DAYS * DAY,
      awsRegion: env.AWS_REGION ?? 'us-east-1',
      activityRegions: env.ACTIVITY_REGIONS,
      httpPort: env.HTTP_PORT,
      httpHost: env.HTTP_HOST,
      logLevel: env.LOG_LEVEL,
    },
  };
}

function responseOf(env: z.infer<typeof environment>): ResponseSettings {
  const { RESPONDER_ROLE_ARN: roleArn, RESPONDER_EXTERNAL_ID: externalId } = env;
  return {
    mode: env.RESPONSE_MODE,
    responder: roleArn && externalId ? { roleArn, externalId } : undefined,
    protectedPrincipals: env.PROTECTED_PRINCIPALS,
    expiry: env.REQUEST_EXPIRY_MINUTES * MINUTE,
    revokeSessions: env.REVOKE_SESSIONS === 'true',
  };
}
/** Where the database is, for commands that need nothing else; throws a sentence that says what to mend. */
export function databaseUrlOf(variables: Variables): string {
  const parsed = environment.pick({ DATABASE_URL: true }).safeParse(withoutEmpty(variables));
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data.DATABASE_URL;
}

const withoutEmpty = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
