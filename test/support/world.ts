import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { type RunningApp, startApp } from '../../src/app.ts';
import { OWN_ACCOUNT, type Settings } from '../../src/config.ts';
import { MINUTE } from '../../src/domain/time.ts';
import type { Log } from '../../src/ports/log.ts';
import { type AwsOptions, type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message, SlackOptions } from '../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { connect } from '../../src/storage/connect.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { ASSESS_JOB } from '../../src/use-cases/assess/needs.ts';
import { freshDatabase } from './database.ts';

export const CHANNEL = 'C0ALERTS';

/** The real app between a local Slack and a local AWS, with the people of the stories. */
export interface World extends AsyncDisposable {
  slack: SlackStandIn;
  aws: AwsStandIn;
  /** The first replica. */
  app: RunningApp;
  /** The others. */
  replicas: RunningApp[];
  ana: Person;
  ben: Person;
  /** In the channel, but no responder. */
  cleo: Person;
  /** Waits for the card that speaks of this user. */
  cardOf(user: string): Promise<Message>;
  /** Waits until Slack shows all that is to be shown, and the app has stored that it does. */
  drawn(): Promise<void>;
  /** Waits until every alert is assessed, but for the second look ten minutes later. */
  assessed(): Promise<void>;
  /** Moves the app's clock, and AWS's with it. */
  later(ms: number): void;
  databaseUrl: string;
  /** Stops the first replica and starts it again, on the same database or with other settings. */
  restart(different?: Partial<Settings>): Promise<void>;
  warnings: string[];
}

interface Options {
  mode?: 'socket' | 'http';
  database?: 'sqlite' | 'postgres';
  /** Another PostgreSQL server than the run's own. */
  server?: string;
  /** How many run on the one database: PostgreSQL takes more than one. */
  replicas?: number;
  slack?: SlackOptions;
  aws?: AwsOptions;
  settings?: Partial<Settings>;
  /** Between two posts; a second, as in earnest, unless told otherwise. */
  postEveryMs?: number;
  /** Between two updates of messages, once ten were sent; next to nothing, unless told otherwise. */
  updateEveryMs?: number;
  /** Instead of one that only keeps warnings. */
  log?: Log;
  awsRequestTimeoutMs?: number;
  /** So many, and not one, unless told otherwise: what is shown then doesn't have to be waited for. */
  lookupsPerSecond?: number;
  /** Before the app starts. */
  prepare?: (slack: SlackStandIn, aws: AwsStandIn) => void;
}

export async function startWorld(options: Options = {}): Promise<World> {
  const http = options.mode === 'http';
  const signingSecret = 'a-secret-of-the-tests';
  const slack = await startSlack({
    enforceRate: false,
    ...(http && { http: { url: '', signingSecret } }),
    ...options.slack,
  });
  let shift = 0;
  const clock = { now: () => Date.now() + shift };
  const aws = await startAws({ enforceRate: false, clock: clock.now, ...options.aws });
  const database = await freshDatabase(options.database ?? 'sqlite', { server: options.server });
  const ana = slack.addPerson({ id: 'U0ANA', name: 'Ana' });
  const ben = slack.addPerson({ id: 'U0BEN', name: 'Ben' });
  const cleo = slack.addPerson({ id: 'U0CLEO', name: 'Cleo' });
  slack.addPerson({ id: 'U0DAN', name: 'Dan' });
  slack.addChannel({ id: CHANNEL, name: 'alerts', members: ['U0ANA', 'U0BEN', 'U0CLEO'] });
  options.prepare?.(slack, aws);

  const settings: Settings = {
    botToken: slack.botToken,
    delivery: http ? { is: 'http', signingSecret, port: 0 } : { is: 'socket', appToken: slack.appToken },
    slackApiUrl: slack.apiUrl,
    channel: CHANNEL,
    responders: ['U0ANA', 'U0BEN'],
    approvers: ['U0BEN'],
    mentionRespondersOn: 'critical',
    pollSchedule: '* * * * * *',
    lookback: 3_600_000,
    maxAlertsPerRun: 100,
    response: {
      mode: 'request',
      responder: undefined,
      protectedPrincipals: [],
      expiry: 3_600_000,
      revokeSessions: false,
    },
    escalation: { after: {}, atMost: 0, responders: [], next: [] },
    dailySummary: undefined,
    weeklyDigest: undefined,
    databaseUrl: database.url,
    keepFor: 400 * 86_400_000,
    awsRegion: 'us-east-1',
    accounts: [OWN_ACCOUNT],
    routes: [],
    configFile: undefined,
    activityRegions: [],
    httpPort: 0,
    httpHost: '127.0.0.1',
    logLevel: 'silent',
    ...options.settings,
  };
  for (const name of ['CLOUDTRAIL', 'IAM', 'ORGANIZATIONS', 'STS'])
    process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01', AWS_SECRET_ACCESS_KEY: 'example' });

  const warnings: string[] = [];
  const note = (facts: object, message: string): void => {
    warnings.push(`${message} ${JSON.stringify(facts)}`);
  };
  const log: Log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const start = async (): Promise<RunningApp> => {
    const app = await startApp(settings, {
      log: options.log ?? log,
      clock,
      secondSocketAfterMs: 200,
      postEveryMs: options.postEveryMs ?? 20,
      updateEveryMs: options.updateEveryMs ?? 20,
      lookupsPerSecond: options.lookupsPerSecond ?? 50,
      awsRequestTimeoutMs: options.awsRequestTimeoutMs,
    });
    if (http) slack.deliverTo(`http://127.0.0.1:${app.slackPort}/slack/events`);
    return app;
  };
  const world: World = {
    slack,
    aws,
    app: await start(),
    replicas: [],
    databaseUrl: database.url,
    ana,
    ben,
    cleo,
    warnings,
    cardOf: (user) =>
      slack.until(
        () =>
          slack.messages(CHANNEL).find(({ text, thread_ts }) => !thread_ts && text.includes(`\`${user}\``)),
        `a card about ${user} (${warnings.join('; ')})`,
      ),
    async drawn() {
      for (let answers = ana.ephemerals().length; ; answers++) {
        await ana.command(CHANNEL, '/groupwatch', 'status');
        const status = await slack.until(() => ana.ephemerals()[answers], 'status');
        if (JSON.stringify(status.blocks).includes('*Queue to Slack* empty')) return;
      }
    },
    async assessed() {
      const db = new Kysely<Schema>({ dialect: connect(database.url, { readonly: true }).dialect });
      const soon = db.selectFrom('job').select('id').where('kind', '=', ASSESS_JOB);
      while ((await soon.where('due_at', '<', clock.now() + 5 * MINUTE).execute()).length > 0)
        await sleep(50);
      await db.destroy();
    },
    later(ms) {
      shift += ms;
    },
    async restart(different = {}) {
      await world.app.stop();
      Object.assign(settings, different);
      world.app = await start();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([world.app, ...world.replicas].map((app) => app.stop()));
      await slack.close();
      await aws.close();
      await database.remove();
    },
  };
  for (let n = 1; n < (options.replicas ?? 1); n++) world.replicas.push(await start());
  return world;
}
