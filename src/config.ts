import { readFileSync } from 'node:fs';
import cron from 'node-cron';
import { z } from 'zod';
import { callVariables, escalationOf, problemsOfCalls } from './config/calls.ts';
import { list, onlyIds } from './config/ids.ts';
import type { OrganizationSettings } from './config-file/organization.ts';
import { type AccountSettings, type ReadFile, readConfigFile } from './config-file.ts';
import type { Escalation } from './domain/escalation.ts';
import { isPrincipalPattern } from './domain/response/protected.ts';
import type { Route } from './domain/routing.ts';
import { DAY, MINUTE } from './domain/time.ts';
import type { Timetable } from './domain/timetable.ts';

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

/** A name in an ARN may have a comma, so only one with an ARN after it, or nothing, stands between two. */
const BETWEEN_ARNS = /,(?=\s*(?:arn:|,|$))/;

const url = (name: string) => z.url({ error: `${name} must be an address such as http://127.0.0.1:4000/` });

const REGION = /^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/;

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
  MAX_ALERTS_PER_RUN: z.coerce
    .number({ error: 'MAX_ALERTS_PER_RUN must be a number' })
    .int('MAX_ALERTS_PER_RUN must be a whole number')
    .min(1, 'MAX_ALERTS_PER_RUN must be at least 1')
    .max(10_000, 'MAX_ALERTS_PER_RUN must be at most 10000')
    .default(100),
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
  ...callVariables,
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
  AWS_REGION: z.string().regex(REGION, 'AWS_REGION must be a Region, such as eu-central-1').optional(),
  ACTIVITY_REGIONS: list(',').refine(
    (regions) => regions.every((region) => REGION.test(region)),
    'ACTIVITY_REGIONS takes AWS Regions, comma between them: us-east-1,eu-central-1',
  ),
  CONFIG_FILE: z.string().optional(),
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
  /** So many new alerts of one poll get a card of their own. */
  maxAlertsPerRun: number;
  response: ResponseSettings;
  escalation: Escalation;
  /** When the channel is told what is still open; not at all when it is off. */
  dailySummary: Timetable | undefined;
  /** When the channel is told what the week came to. */
  weeklyDigest: Timetable | undefined;
  databaseUrl: string;
  /** How long closed alerts and records are kept, in milliseconds. */
  keepFor: number;
  /** The Region of the SDK's own settings; its partition decides where IAM's events are looked for. */
  awsRegion: string;
  /** Where people's activity is looked for beside the Region of IAM's events; empty for `awsRegion`. */
  activityRegions: string[];
  /** Of CONFIG_FILE, or the one account of the environment's credentials. */
  accounts: AccountSettings[];
  /** Where AWS is asked for further ones. */
  organization?: OrganizationSettings;
  /** Where alerts go; the first that fits. */
  routes: Route[];
  /** Read again on SIGHUP. */
  configFile: string | undefined;
  httpPort: number;
  httpHost: string;
  logLevel: string;
}

/** Settings, or everything that is wrong with them, each a sentence that says what to do. */
export type Configuration = { ok: true; settings: Settings } | { ok: false; problems: string[] };

/** Whatever in the settings must stay out of logs; what AWS's SDK reads is not among it. */
export function secretsOf({ botToken, delivery, databaseUrl }: Settings): string[] {
  const ofDelivery = delivery.is === 'socket' ? delivery.appToken : delivery.signingSecret;
  return [botToken, ofDelivery, decodeURIComponent(URL.parse(databaseUrl)?.password ?? '')];
}

type Variables = Record<string, string | undefined>;

const readText = (path: string): string => readFileSync(path, 'utf8');

/** Reads settings from environment variables, and the file that CONFIG_FILE names. An empty variable counts as not set. */
export function configure(variables: Variables, read: (path: string) => string = readText): Configuration {
  const given = withoutEmpty(variables);
  const parsed = environment.safeParse(given);
  const problems = parsed.error?.issues.map(({ message }) => message) ?? [];
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) problems.push(NO_DELIVERY);
  if (given.RESPONSE_MODE === 'execute' && !given.RESPONDER_ROLE_ARN && !given.CONFIG_FILE)
    problems.push(NO_ROLE);
  if (given.RESPONDER_ROLE_ARN && !given.RESPONDER_EXTERNAL_ID) problems.push(NO_EXTERNAL_ID);
  const configFile = given.CONFIG_FILE;
  const listed = configFile === undefined ? undefined : accountsOf(configFile, read);
  if (listed && !listed.ok) problems.push(...listed.problems);
  if (listed?.ok && given.RESPONDER_ROLE_ARN) problems.push(TWO_RESPONDERS);
  if (parsed.success) problems.push(...problemsOfCalls(parsed.data));
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
      maxAlertsPerRun: env.MAX_ALERTS_PER_RUN,
      response: responseOf(env),
      escalation: escalationOf(env, env.RESPONDERS),
      dailySummary: env.DAILY_SUMMARY,
      weeklyDigest: env.WEEKLY_DIGEST,
      databaseUrl: env.DATABASE_URL,
      keepFor: env.RETENTION_DAYS * DAY,
      awsRegion: env.AWS_REGION ?? 'us-east-1',
      activityRegions: env.ACTIVITY_REGIONS,
      accounts: listed?.ok ? listed.accounts : [OWN_ACCOUNT],
      organization: listed?.ok ? listed.organization : undefined,
      routes: listed?.ok ? listed.routes : [],
      configFile,
      httpPort: env.HTTP_PORT,
      httpHost: env.HTTP_HOST,
      logLevel: env.LOG_LEVEL,
    },
  };
}

const TWO_RESPONDERS =
  'RESPONDER_ROLE_ARN and CONFIG_FILE are both set: with a file each account names its own responder in it';

/** What CONFIG_FILE says now, or what is wrong with it, each with the file's name and line. */
export function accountsOf(path: string, read: (path: string) => string = readText): ReadFile {
  try {
    const file = readConfigFile(read(path));
    return file.ok
      ? file
      : { ok: false, problems: file.problems.map((problem) => `CONFIG_FILE ${path}, ${problem}`) };
  } catch (error) {
    return { ok: false, problems: [`CONFIG_FILE ${path} can't be read: ${String(error)}`] };
  }
}

/** The account that the environment's credentials belong to; only STS can tell which that is. */
export const OWN_ACCOUNT: AccountSettings = {
  id: undefined,
  name: undefined,
  reader: undefined,
  responder: undefined,
  regions: [],
  channel: undefined,
  owners: [],
  criticality: 'normal',
};

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
