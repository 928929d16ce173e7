import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { boltApp, connectSlack } from './bolt.ts';
import { clockwork } from './clockwork.ts';
import type { Settings } from './config.ts';
import { gathering } from './context.ts';
import { excepting } from './exceptions.ts';
import { serveHealth } from './health.ts';
import { slackLogger } from './log.ts';
import { countJobs } from './metrics/counted-jobs.ts';
import { makeMetrics } from './metrics/metrics.ts';
import { timedPosts } from './metrics/posts.ts';
import { countedFetch } from './metrics/slack-calls.ts';
import { schedule } from './polling/schedule.ts';
import type { Clock, Log } from './ports.ts';
import { questioning } from './questions.ts';
import { responding } from './responses.ts';
import { board } from './slack/board/board.ts';
import { chartsOf } from './slack/charts.ts';
import { slackClients } from './slack/clients.ts';
import { colleagues } from './slack/colleagues.ts';
import { follow } from './slack/follow.ts';
import { homes } from './slack/home/homes.ts';
import { viewFor } from './slack/home/view-for.ts';
import { introduce } from './slack/introduce.ts';
import { people } from './slack/people.ts';
import { permalinks } from './slack/permalink.ts';
import { register } from './slack/register.ts';
import { render } from './slack/render.ts';
import { deadToken, tokenWatch } from './slack/token.ts';
import { readiness, statusOf } from './status.ts';
import { openAlone } from './storage/alone.ts';
import { owePruning, PRUNE_JOB, prune } from './use-cases/prune.ts';
import { owingReminders } from './use-cases/remind.ts';
import { takeStep } from './use-cases/take-step.ts';
import { wakeAlerts } from './use-cases/wake-alerts.ts';
import { VERSION } from './version.ts';
import { watchAws } from './watch.ts';
import { inTurn } from './work/in-turn.ts';
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
}

/** How often snoozes that are over are looked for. */
const WAKING = '*/5 * * * * *';

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
  const fetch = countedFetch(metrics);
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
    const show = board({
      web: clients.forQueue,
      messages,
      leases,
      render: render({
        alerts,
        answers,
        audit,
        responses,
        exceptions,
        questions,
        permalinkOf,
        approvers,
        mention: { who: responders, from: settings.mentionRespondersOn },
        revokeSessions: settings.response.revokeSessions,
      }),
      clock,
      log,
      holder,
      postEveryMs: world.postEveryMs,
      updateEveryMs: world.updateEveryMs,
      dead,
      posted: timedPosts(alerts, clock, metrics),
    });
    const wake = (): void => {
      show.wake();
      for (const work of works) work.wake();
    };

    const turnAt = inTurn({ leases, clock, holder });
    const me = { holder, host: hostname(), pid: process.pid, version: VERSION, startedAt };
    const signs = presence({ replicas: storage.replicas, me, clock, log });
    const watch = watchAws(settings, here, { storage, redraw: wake, startedAt, inTurn: turnAt, metrics });
    const who = people({ web: clients.forPeople, workspace, responders, approvers, channel, clock, log });
    const asApprover = { denial: who.approverDenial, emailOf: who.emailOf };
    const { respond, mayDecide, handlers } = responding(settings, here, {
      storage,
      approvers: asApprover,
      source: watch.watched.source,
      region: watch.watched.region,
      wake,
    });
    const regular = clockwork(settings, { storage, clock, log, charts: chartsOf(clients.forQueue), wake });
    const { handlers: ofExceptions, ...exempting } = excepting(settings, {
      storage,
      approvers: asApprover,
      clock,
      wake,
    });
    const { handlers: ofQuestions, ...asking } = questioning(here, {
      storage,
      colleagues: colleagues(clients.forPeople, workspace),
      region: watch.watched.region,
      wake,
    });
    const pruning = prune({ retention: storage.retention, clock, log, keepFor: settings.keepFor });
    const context = gathering(settings, here, { storage, ...watch.watched, wake });
    // Apart, so that a response never waits for CloudTrail's quota.
    const works = [
      {
        ...handlers,
        ...watch.handlers,
        ...regular.handlers,
        ...ofExceptions,
        ...ofQuestions,
        [PRUNE_JOB]: pruning,
      },
      context.handlers,
      context.lookUps,
    ].map((kinds) => worker({ jobs, handlers: countJobs(kinds, metrics), clock, log, holder, within }));
    const status = statusOf({ storage, clock, startedAt, connection, watched: watch.watched });
    register(app, {
      alerts,
      audit,
      messages,
      watches,
      responses,
      askAnswer: context.askAnswer,
      lookUp: context.lookUp,
      lookUps: new Map(),
      takeStep: takeStep({ alerts, audit, clock, redraw: wake }),
      respond,
      mayDecide,
      exceptions,
      ...exempting,
      questions,
      attempts: storage.attempts,
      ...asking,
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
    await app.init();
    await connection.start(app);
    await regular.begin();
    for (const part of [signs, show, ...works, token]) part.start();
    const turns = schedule(settings.pollSchedule, (signal) => within('poll', () => watch.turn(signal)));
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
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      log.info({}, 'Groupwatch stops');
      // Together: a socket alone may take 8 s to close, and whoever stops us waits for 10.
      const parts = [turns, wakes, connection, ...works, show, token];
      await allOf(
        log,
        parts.map((part) => part.stop()),
      );
      await allOf(log, [leases.release(holder), signs.stop(), health?.close()]);
      await storage.close();
    };
    return {
      healthPort: health?.port ?? 0,
      slackPort: connection.port?.(),
      broken,
      stop() {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Waits for all; what fails is told and holds nothing up. */
async function allOf(log: Log, endings: (Promise<void> | undefined)[]): Promise<void> {
  for (const ending of await Promise.allSettled(endings)) {
    if (ending.status === 'rejected')
      log.warn({ error: String(ending.reason) }, 'a part did not stop cleanly');
  }
}
