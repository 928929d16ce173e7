import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningApp, startApp } from '../app.ts';
import { configure } from '../config.ts';
import { DAY } from '../domain/time.ts';
import { makeLog } from '../log.ts';
import { type AwsStandIn, startAws } from '../standins/aws/account.ts';
import { trusting } from '../standins/aws/acts/given.ts';
import { type SlackStandIn, startSlack } from '../standins/slack/workspace.ts';
import { CLEO } from './scenes.ts';

export const CHANNEL = 'C0ALERTS';

/** Everybody in the demo, and what they may do. */
export const CAST = [
  { id: 'U0ANA', name: 'Ana', role: 'responder and approver', email: 'ana@example.com' },
  { id: 'U0BEN', name: 'Ben', role: 'responder and approver', email: 'ben@example.com' },
  { id: 'U0CLEO', name: 'Cleo', role: 'in the channel, no responder', email: 'cleo@example.com' },
  {
    id: 'U0MALLORY',
    name: 'Mallory',
    role: 'owner of the IAM user mallory',
    email: 'mallory@example.com',
  },
  { id: 'U0GUS', name: 'Gus', role: 'guest', email: 'gus@example.org', isRestricted: true },
  { id: 'U0OTTO', name: 'Otto', role: 'from another company', teamId: 'T0OTHER' },
] as const;

/** The real app between the stand-ins. */
export interface Stage {
  slack: SlackStandIn;
  aws: AwsStandIn;
  app: RunningApp;
  /** Moves the app's clock, and AWS's with it. */
  later(ms: number): void;
  close(): Promise<void>;
}

const EXTERNAL_ID = 'demo-external-id';

/** The account as it was before the story begins. */
function furnish(aws: AwsStandIn): void {
  const { given, accountId } = aws;
  given.role({
    name: 'groupwatch-responder',
    path: '/groupwatch/',
    trust: trusting(`arn:aws:iam::${accountId}:root`, EXTERNAL_ID),
  });
  given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  given.group({ name: 'developers', attached: ['PowerUserAccess'] });
  given.group({ name: 'billing', attached: ['ReadOnlyAccess'] });
  given.group({ name: 'auditors', attached: ['ReadOnlyAccess'] });
  given.user({
    name: 'break-glass',
    attached: ['AdministratorAccess'],
    tags: { 'groupwatch-protected': 'true' },
  });
  given.user({
    name: 'mallory',
    tags: { owner: 'mallory@example.com' },
    keys: ['AKIAEXAMPLE66'],
    password: 'example',
    sshKeys: ['APKAEXAMPLE66'],
  });
  given.user({ name: 'bob', tags: { email: 'bob@example.com' } });
  // Cleo has done so before, so that what she does next is nothing new.
  const lately = new Date(Date.now() - 30 * DAY);
  aws.addUserToGroup({ user: 'zoe', group: 'auditors', by: CLEO, at: lately });
}

/**
 * Starts Slack, AWS and the app, by the same settings that a real one is started with. `hurry` leaves out Slack's pace,
 * and takes all of CloudTrail's quota.
 */
export async function setStage({ hurry }: { hurry: boolean }): Promise<Stage> {
  const slack = await startSlack({ enforceRate: !hurry });
  let shift = 0;
  const clock = { now: () => Date.now() + shift };
  const aws = await startAws({ delayMs: 1_000, clock: clock.now });
  furnish(aws);
  for (const person of CAST) slack.addPerson(person);
  slack.addChannel({
    id: CHANNEL,
    name: 'security-alerts',
    members: CAST.map(({ id }) => id),
  });
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-demo-'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
    AWS_ENDPOINT_URL_IAM: aws.endpoint,
    AWS_ENDPOINT_URL_ORGANIZATIONS: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
    AWS_SECRET_ACCESS_KEY: 'the-stand-in-checks-none',
    AWS_REGION: aws.region,
  });
  delete process.env.AWS_SESSION_TOKEN;
  const configuration = configure({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ALERT_CHANNEL: CHANNEL,
    RESPONDERS: 'U0ANA,U0BEN',
    APPROVERS: 'U0ANA,U0BEN',
    RESPONSE_MODE: 'execute',
    RESPONDER_ROLE_ARN: `arn:aws:iam::${aws.accountId}:role/groupwatch/groupwatch-responder`,
    RESPONDER_EXTERNAL_ID: EXTERNAL_ID,
    POLL_SCHEDULE: '*/2 * * * * *',
    DATABASE_URL: `file:${join(folder, 'groupwatch.db')}`,
    HTTP_PORT: '0',
    // The story says what is in the channel, whatever the time of the day.
    DAILY_SUMMARY: 'off',
    WEEKLY_DIGEST: 'off',
  });
  if (!configuration.ok) throw new Error(configuration.problems.join('\n'));
  const log = makeLog('error', { terminal: false });
  const app = await startApp(configuration.settings, {
    log,
    clock,
    secondSocketAfterMs: 1_000,
    ...(hurry && { postEveryMs: 100, updateEveryMs: 100, lookupsPerSecond: 2 }),
  });
  return {
    slack,
    aws,
    app,
    later(ms) {
      shift += ms;
    },
    async close() {
      await app.stop();
      await slack.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
