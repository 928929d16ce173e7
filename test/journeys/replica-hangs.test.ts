import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { connect } from '../../src/storage/connect.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { PLAIN } from '../support/program.ts';

const CHANNEL = 'C0ALERTS';
let slack: SlackStandIn;
let aws: AwsStandIn;
let database: FreshDatabase;
let db: Kysely<Schema>;
let children: ChildProcess[];

beforeEach(async () => {
  slack = await startSlack({ enforceRate: false });
  aws = await startAws({ enforceRate: false });
  slack.addChannel({ id: CHANNEL, name: 'alerts', members: [] });
  database = await freshDatabase('postgres');
  db = new Kysely<Schema>({ dialect: connect(database.url).dialect });
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await db.destroy();
  await slack.close();
  await aws.close();
  await database.remove();
});

function startReplica(): void {
  const child = spawn(process.execPath, ['test/support/quick-main.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...PLAIN,
      LEASE_MS: '3000',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      ALERT_CHANNEL: CHANNEL,
      DATABASE_URL: database.url,
      POLL_SCHEDULE: '* * * * * *',
      HTTP_PORT: '0',
      LOG_LEVEL: 'fatal',
      AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
      AWS_ENDPOINT_URL_STS: aws.endpoint,
      AWS_ENDPOINT_URL_IAM: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
      AWS_SECRET_ACCESS_KEY: 'example',
    },
  });
  children.push(child);
}

const cards = (user: string): Message[] =>
  slack.messages(CHANNEL).filter(({ text }) => text.includes(`\`${user}\``));
const cardOf = (user: string): Promise<Message> => slack.until(() => cards(user)[0], user, 20_000);

/** Process ids of who has the turns. */
async function holders(): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('lease')
    .innerJoin('replica', 'replica.holder', 'lease.holder')
    .select(['lease.name', 'replica.pid'])
    .execute();
  return Object.fromEntries(rows.map(({ name, pid }) => [name.split(':')[0], pid]));
}

it('a replica that hangs loses its turns, and has none when it wakes up again', async () => {
  startReplica();
  startReplica();
  await expect.poll(() => slack.openSockets(), { timeout: 15_000 }).toBe(2);
  aws.addUserToGroup({ user: 'first', group: 'admins' });
  await cardOf('first');
  const hung = (await holders()).board ?? 0;
  const others = children.flatMap(({ pid }) => (pid && pid !== hung ? pid : []));
  expect(children.map(({ pid }) => pid)).toContain(hung);

  process.kill(hung, 'SIGSTOP');
  aws.addUserToGroup({ user: 'second', group: 'admins' });
  await cardOf('second');
  const now = await holders();
  expect([now.board, now.watch]).toEqual([others[0], others[0]]);

  process.kill(hung, 'SIGCONT');
  aws.addUserToGroup({ user: 'third', group: 'admins' });
  await cardOf('third');
  expect((await holders()).board).toBe(others[0]);
  expect(['first', 'second', 'third'].map((user) => cards(user).length)).toEqual([1, 1, 1]);
}, 60_000);
