import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { watchAccounts } from './accounts.ts';
import { organizationLister } from './aws/organization.ts';
import { boltApp, connectSlack } from './bolt.ts';
import { bursting } from './bursts.ts';
import { clockwork } from './clockwork.ts';
import type { Settings } from './config.ts';
import { dispatch } from './dispatch.ts';
import { excepting } from './exceptions.ts';
import { serveHealth } from './health.ts';
import { slackLogger } from './log.ts';
import { countJobs } from './metrics/counted-jobs.ts';
import { makeMetrics } from './metrics/metrics.ts';
import { timedPosts } from './metrics/posts.ts';
import { countRuns } from './metrics/raised.ts';
import { countedFetch } from './metrics/slack-calls.ts';
import { discovery } from './organization/discovery.ts';
import { schedule, scheduleEach } from './polling/schedule.ts';
import { ATTEMPTS_JOB } from './ports/attempts.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { PROMPT_JOBS } from './prompt-jobs.ts';
import { reloading } from './reload.ts';
import { iamGroupAdditionRefused } from './rules/iam-group-addition-refused.ts';
import { board } from './slack/board/board.ts';
import { SECOND_LOOK, takeSecondLook } from './slack/board/second-look.ts';
import { chartsOf } from './slack/charts.ts';
import { slackClients } from './slack/clients.ts';
import { colleagues } from './slack/colleagues.ts';
import { follow } from './slack/follow.ts';
import { homes } from './slack/home/homes.ts';
import { viewFor } from './slack/home/view-for.ts';
import { introduce, notIntroduced } from './slack/introduce.ts';
import { people } from './slack/people.ts';
import { permalinks } from './slack/permalink.ts';
import { register } from './slack/register.ts';
import { render } from './slack/render.ts';
import { slackTime } from './slack/slack-time.ts';
import { deadToken, tokenWatch } from './slack/token.ts';
import { readiness, statusOf } from './status.ts';
import { stopping } from './stopping.ts';
import { openAlone } from './storage/alone.ts';
import { countAttempts } from './use-cases/count-attempts.ts';
import { owePruning, PRUNE_JOB, prune } from './use-cases/prune.ts';
import { owingReminders } from './use-cases/remind.ts';
import { takeStep } from './use-cases/take-step.ts';
import { wakeAlerts } from './use-cases/wake-alerts.ts';
import { VERSION } from './version.ts';
import { inTurn } from './work/in-turn.ts';
import { once } from './work/once.ts';
import { presence } from './work/presence.ts';
import { traced } from './work/trace.ts';
import { worker } from './work/worker.ts';

export interface RunningApp {
  /** Where /healthz answers; 0 when it is off. */
  healthPort: number;
  /** In HTTP mode, where Slack's requests are taken. */
  slackPort: number | undefined;
  /** Why it can't go on, if that comes to pass; then it only remains to stop it. */
  broken: Promise<string>;
  /** Reads CONFIG_FILE again: takes all of it over, or nothing, and says what is wrong. */
  reload(): Promise<void>;
  /** Lets what is under way come to its end. A second call waits for the first. */
  stop(): Promise<void>;
}

/** What tests and the demo set differently. */
export interface World {
  log: Log;
  clock: Clock;
  secondSocketAfterMs?: number;
  awsRequestTimeoutMs?: number;
  /** LookupEvents calls a second, 1 unless told otherwise: AWS allows 2 an account and Region, for everyone together. */
  lookupsPerSecond?: number;
  /** A new message in a channel at most so often, and an update of any. */
  postEveryMs?: number;
  updateEveryMs?: number;
  /** /metrics tells of Node and the process, too, which are one app's alone then. */
  processMetrics?: boolean;
  /** How long a turn or a job stays with a replica that gives no sign of life. */
  leaseMs?: number;
}

/** How often snoozes that are over are looked for. */
const WAKING = '*/5 * * * * *';
/** How often it is looked whether the organization is to be asked for its accounts again: a glance at the clock. */
const LISTING = '* * * * * *';

/**
 * Builds the app of its parts and starts it: database, Slack, the board, then the watch. Throws a StorageRefused
 * or a SetupProblem when a person must mend something first.
 */
export async function startApp(settings: Settings, world: World): Promise<RunningApp> {
  const { log, within } = traced(world.log);
  const { clock } = world;
  const { channel, approvers, responders } = settings;
  const logger = slackLogger(log);
  const startedAt = clock.now();
  const holder = randomUUID();
  const { promise: broken, resolve: breaks } = Promise.withResolvers<string>();
  const dead = (death: string): void => breaks(deadToken('SLACK_BOT_TOKEN', death));
  const metrics = makeMetrics({ version: VERSION, ofProcess: world.processMetrics ?? false });
  const time = slackTime(clock, countedFetch(metrics));
  const { fetch } = time;
  const here = { ...world, log };
  const opened = await openAlone(settings.databaseUrl, { channel });
  const storage = owingReminders(opened, settings.escalation);
  try {
    const { alerts, answers, audit, exceptions, jobs, leases, messages, questions, responses, watches } =
      storage;
    const clients = slackClients({
      token: settings.botToken,
      slackApiUrl: settings.slackApiUrl,
      logger,
      fetch,
    });
    const workspace = await introduce(clients.forQueue, channel);
    const permalinkOf = permalinks(messages, workspace.url);
    const connection = connectSlack(settings, { ...here, fetch }, (death) =>
      breaks(deadToken('SLACK_APP_TOKEN', death)),
    );
    const token = tokenWatch(clients.forQueue, log, dead);
    const app = boltApp(settings, { log, fetch }, connection);
    app.use(follow({ log, within, took: (act, seconds) => metrics.clicks.observe({ act }, seconds) }));
    const draw = render({
      alerts,
      bursts: storage.bursts,
      answers,
      audit,
      responses,
      exceptions,
      questions,
      permalinkOf,
      approvers,
      mention: (alert) => {
        const owners = accounts.ownersOf(alert);
        return { who: owners.length > 0 ? owners : responders, from: settings.mentionRespondersOn };
      },
      revokeSessions: settings.response.revokeSessions,
    });
    const show = board({
      web: clients.forQueue,
      messages,
      jobs,
      leases,
      slackTime: time,
      render: draw,
      clock,
      log,
      holder,
      postEveryMs: world.postEveryMs,
      updateEveryMs: world.updateEveryMs,
      leaseMs: world.leaseMs,
      dead,
      fallback: channel,
      posted: timedPosts(alerts, clock, metrics),
    });
    const wake = (): void => {
      show.wake();
      for (const work of works) work.wake();
    };

    const turnAt = inTurn({ leases, holder, leaseMs: world.leaseMs });
    const me = { holder, host: hostname(), pid: process.pid, version: VERSION, startedAt };
    const signs = presence({ replicas: storage.replicas, me, clock, log });
    const bursts = bursting(settings, { storage, clock, wake });
    const who = people({
      web: clients.forPeople,
      workspace,
      responders,
      approvers,
      channels: () => accounts.channels(),
      clock,
      log,
    });
    const asApprover = { denial: who.approverDenial, emailOf: who.emailOf };
    const accounts = watchAccounts(settings, here, {
      storage,
      approvers: asApprover,
      colleagues: colleagues(clients.forPeople, workspace),
      settleBurst: bursts.settleBurst,
      startedAt,
      inTurn: turnAt,
      metrics,
      within,
      wake,
    });
    const list = once(() => organizationLister(settings.awsRegion, world.awsRequestTimeoutMs));
    const found = discovery(settings, {
      accounts: {
        watched: () => accounts.all().map(({ access }) => access.account),
        adopt: accounts.adopt,
      },
      list: (signal) => list()(signal),
      messages,
      channel,
      clock,
      log,
      wake,
    });
    const { jobs: ofAccounts, ...doing } = dispatch(accounts, storage);
    const regular = clockwork(settings, { storage, clock, log, charts: chartsOf(clients.forQueue), wake });
    const { handlers: ofExceptions, ...exempting } = excepting(settings, {
      storage,
      approvers: asApprover,
      clock,
      wake,
    });
    const pruning = prune({ retention: storage.retention, clock, log, keepFor: settings.keepFor });
    const [responding, facts, lookUps] = ofAccounts;
    // Apart, so that a response never waits for CloudTrail's quota.
    const attempting = countAttempts({
      attempts: countRuns(storage.attempts, metrics),
      rule: iamGroupAdditionRefused,
      place: accounts.place,
      clock,
      wake,
    });
    const ofApp = {
      ...bursts.handlers,
      ...regular.handlers,
      ...ofExceptions,
      [PRUNE_JOB]: pruning,
      [SECOND_LOOK]: takeSecondLook({
        web: clients.forQueue,
        messages,
        render: draw,
        clock,
        slackTime: time,
        log,
        wake,
      }),
      [ATTEMPTS_JOB]: attempting,
    };
    const works = [{ ...responding, ...ofApp }, facts, lookUps].map((kinds) =>
      worker({ jobs, handlers: countJobs(kinds, metrics), prompt: PROMPT_JOBS, clock, log, holder, within }),
    );
    const status = statusOf({ storage, clock, startedAt, connection, accounts });
    register(app, {
      alerts,
      audit,
      messages,
      watches,
      responses,
      lookUps: new Map(),
      showCard: bursts.showCard,
      takeStep: takeStep({ alerts, audit, clock, redraw: wake }),
      ...doing,
      exceptions,
      ...exempting,
      questions,
      attempts: storage.attempts,
      ...who,
      web: clients.forPeople,
      clock,
      log,
      channel,
      permalinkOf,
      approvers,
      revokeSessions: settings.response.revokeSessions,
      mode: settings.response.mode,
      status,
      charts: chartsOf(clients.forPeople),
      homes: homes({
        web: clients.forPeople,
        homes: storage.homes,
        viewFor: viewFor({ alerts, responses, exceptions, ...who, permalinkOf, status, clock }),
        log,
      }),
    });
    await owePruning(jobs, clock);
    await app.init().catch(notIntroduced);
    await connection.start(app);
    await regular.begin();
    for (const part of [signs, show, ...works, token]) part.start();
    const turns = scheduleEach(settings.pollSchedule, accounts.turns);
    const listing = schedule(LISTING, found.turn);
    const wakes = schedule(WAKING, wakeAlerts({ alerts, clock, log, redraw: show.wake }));
    const health =
      settings.httpPort === 0
        ? undefined
        : await serveHealth(
            {
              unready: readiness(connection, storage),
              metrics: metrics.page({ storage, clock, startedAt, sockets: connection.open }),
            },
            { host: settings.httpHost, port: settings.httpPort },
          );
    log.info(
      { channel, database: settings.databaseUrl.split(':')[0], mode: settings.delivery.is },
      'Groupwatch watches',
    );
    return {
      healthPort: health?.port ?? 0,
      slackPort: connection.port?.(),
      broken,
      reload: reloading(settings, { accounts: found, messages, clock, log, wake }),
      stop: stopping(
        log,
        [turns, listing, wakes, connection, ...works, show, token],
        () => [leases.release(holder), signs.stop(), health?.close()],
        () => storage.close(),
      ),
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
