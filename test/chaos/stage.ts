import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { connect } from '../../src/storage/connect.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Options } from './options.ts';
import { type Replica, replica } from './replica.ts';

export const CHANNEL = 'C0ALERTS';
const RESPONDER = 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder';

/** The program between its stand-ins, and all that the play may do to them. */
export interface Stage extends AsyncDisposable {
  slack: SlackStandIn;
  aws: AwsStandIn;
  replicas: Replica[];
  /** Asks for containments. */
  ana: Person;
  /** Approves them. */
  ben: Person;
  /** Click whatever there is. */
  crowd: Person[];
  /** The world's time, for AWS, Slack and every replica. */
  now(): number;
  /** Time passes for all. */
  leap(ms: number): void;
  /** One replica's clock goes wrong by so much, or right again by 0. */
  putWrong(which: number, ms: number): void;
  /** The database as somebody beside the program sees it. */
  peek(): Kysely<Schema>;
  /** Where logs and database are, for who looks into a failure. */
  folder: string;
  databaseUrl: string;
}

export async function setStage(options: Options): Promise<Stage> {
  let leapt = 0;
  const errors = new Map<number, number>();
  const now = (): number => Date.now() + leapt;
  const slack = await startSlack({ enforceRate: false, clock: now, keepCalls: 100 });
  const aws = await startAws({ enforceRate: false, clock: now });
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-chaos-'));
  const database = await databaseFor(options, folder);
  const people = peopleOf(slack);
  aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
  aws.given.user({ name: 'root-admin', attached: ['AdministratorAccess'] });
  const replicas = Array.from({ length: options.replicas }, (_, n) =>
    replica({
      name: `replica ${n}`,
      log: join(folder, `replica-${n}.log`),
      env: {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        ALERT_CHANNEL: CHANNEL,
        RESPONDERS: ['U0ANA', 'U0BEN', ...people.crowd.slice(1).map(({ id }) => id)].join(','),
        APPROVERS: 'U0BEN',
        RESPONSE_MODE: 'execute',
        RESPONDER_ROLE_ARN: RESPONDER,
        RESPONDER_EXTERNAL_ID: 'example-external-id',
        REQUEST_EXPIRY_MINUTES: '10080',
        DATABASE_URL: database.url,
        POLL_SCHEDULE: '* * * * * *',
        // So few that what comes to light all at once comes as a digest.
        MAX_ALERTS_PER_RUN: '40',
        HTTP_PORT: '0',
        LOG_LEVEL: 'info',
        AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
        AWS_ENDPOINT_URL_STS: aws.endpoint,
        AWS_ENDPOINT_URL_IAM: aws.endpoint,
        AWS_ACCESS_KEY_ID: `AKIAEXAMPLE0${n}`,
        AWS_SECRET_ACCESS_KEY: 'example',
      },
    }),
  );
  const setClocks = (): void => {
    for (const [n, one] of replicas.entries()) one.shift(leapt + (errors.get(n) ?? 0));
  };
  let peeking: Kysely<Schema> | undefined;
  return {
    slack,
    aws,
    replicas,
    ...people,
    now,
    leap(ms) {
      leapt += ms;
      setClocks();
    },
    putWrong(which, ms) {
      errors.set(which, ms);
      setClocks();
    },
    peek() {
      peeking ??= new Kysely<Schema>({ dialect: connect(database.url, { readonly: true }).dialect });
      return peeking;
    },
    folder,
    databaseUrl: database.url,
    async [Symbol.asyncDispose]() {
      await Promise.all(replicas.map((one) => one.kill()));
      await peeking?.destroy();
      await slack.close();
      await aws.close();
      await database.close();
      if (!options.keep) await rm(folder, { recursive: true, force: true });
    },
  };
}

function peopleOf(slack: SlackStandIn): Pick<Stage, 'ana' | 'ben' | 'crowd'> {
  const [ana, ben] = [
    slack.addPerson({ id: 'U0ANA', name: 'Ana' }),
    slack.addPerson({ id: 'U0BEN', name: 'Ben' }),
  ];
  // The first of them may not act at all.
  const crowd = ['Hal', 'Cleo', 'Dan', 'Eve', 'Gus'].map((name) =>
    slack.addPerson({ id: `U0${name.toUpperCase()}`, name }),
  );
  slack.addChannel({ id: CHANNEL, name: 'alerts', members: [ana, ben, ...crowd].map(({ id }) => id) });
  return { ana, ben, crowd };
}

async function databaseFor(
  { database }: Options,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  if (database === 'sqlite') {
    return { url: `file:${join(folder, 'groupwatch.db')}`, close: () => Promise.resolve() };
  }
  const server = await startPostgres();
  const admin = new Kysely<Schema>({ dialect: connect(`${server.url}/postgres`).dialect });
  await sql`create database chaos`.execute(admin);
  await admin.destroy();
  return { url: `${server.url}/chaos`, close: server.dispose };
}
