import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { App } from '@slack/bolt';
import type { Settings } from './config.ts';
import { gathering } from './context.ts';
import { serveHealth } from './health.ts';
import { slackLogger } from './log.ts';
import { schedule } from './polling/schedule.ts';
import type { Clock, Log } from './ports.ts';
import { responding } from './responses.ts';
import { board } from './slack/board/board.ts';
import { slackClients } from './slack/clients.ts';
import { httpConnection, socketConnection } from './slack/connection.ts';
import { introduce } from './slack/introduce.ts';
import { people } from './slack/people.ts';
import { permalinks } from './slack/permalink.ts';
import { register } from './slack/register.ts';
import { render } from './slack/render.ts';
import { deadToken, tokenWatch } from './slack/token.ts';
import { readiness, statusOf } from './status.ts';
import { openAlone } from './storage/alone.ts';
import { owePruning, PRUNE_JOB, prune } from './use-cases/prune.ts';
import { takeStep } from './use-cases/take-step.ts';
import { wakeAlerts } from './use-cases/wake-alerts.ts';
import { VERSION } from './version.ts';
import { watchAws } from './watch.ts';
import { inTurn } from './work/in-turn.ts';
import { presence } from './work/presence.ts';
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
  /** How long a turn or a job stays with a replica that gives no sign of life. */
  leaseMs?: number;
}

/** How often snoozes that are over are looked for. */
const WAKING = '*/5 * * * * *';

/**
 * Builds the app of its parts and starts it: database, Slack, the board, then the watch. Throws a StorageRefused
 * or a SetupProblem when a person must mend something first.
 */
export async function startApp(settings: Settings, world: World): Promise<RunningApp> {
  const { log, clock } = world;
  const { channel, approvers, responders } = settings;
  const logger = slackLogger(log);
  const startedAt = clock.now();
  const holder = randomUUID();
  const { promise: broken, resolve: breaks } = Promise.withResolvers<string>();
  const dead = (death: string): void => breaks(deadToken('SLACK_BOT_TOKEN', death));
  const storage = await openAlone(settings.databaseUrl, { channel });
  try {
    const { alerts, audit, jobs, leases, messages, responses, watches } = storage;
    const clients = slackClients({ token: settings.botToken, slackApiUrl: settings.slackApiUrl, logger });
    const workspace = await introduce(clients.forQueue, channel);
    const permalinkOf = permalinks(messages, workspace.url);
    const connection = connect(settings, world, (death) => breaks(deadToken('SLACK_APP_TOKEN', death)));
    const token = tokenWatch(clients.forQueue, log, dead);
    const app = new App({
      token: settings.botToken,
      receiver: connection.receiver,
      logger,
      convoStore: false,
      deferInitialization: true,
      clientOptions: {
        ...(settings.slackApiUrl && { slackApiUrl: settings.slackApiUrl }),
        retryConfig: { retries: 0 },
      },
    });
    const show = board({
      web: clients.forQueue,
      messages,
      leases,
      render: render({
        alerts,
        audit,
        responses,
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
      leaseMs: world.leaseMs,
      dead,
    });
    const wake = (): void => {
      show.wake();
      for (const work of works) work.wake();
    };

    const turnAt = inTurn({ leases, clock, holder, leaseMs: world.leaseMs });
    const me = { holder, host: hostname(), pid: process.pid, version: VERSION, startedAt };
    const signs = presence({ replicas: storage.replicas, me, clock, log });
    const watch = watchAws(settings, world, { storage, redraw: wake, startedAt, inTurn: turnAt });
    const who = people({ web: clients.forPeople, workspace, responders, approvers, channel, clock, log });
    const { respond, mayDecide, handlers } = responding(settings, world, {
      storage,
      approvers: { denial: who.approverDenial, emailOf: who.emailOf },
      source: watch.watched.source,
      region: watch.watched.region,
      wake,
    });
    const pruning = prune({ retention: storage.retention, clock, log, keepFor: settings.keepFor });
    const context = gathering(world, { storage, ...watch.watched, wake });
    // Apart, so that a response never waits for CloudTrail's quota.
    const works = [{ ...handlers, [PRUNE_JOB]: pruning }, context.handlers].map((kinds) =>
      worker({ jobs, handlers: kinds, clock, log, holder }),
    );
    register(app, {
      alerts,
      audit,
      messages,
      watches,
      responses,
      takeStep: takeStep({ alerts, audit, clock, redraw: wake }),
      respond,
      mayDecide,
      ...who,
      web: clients.forPeople,
      clock,
      log,
      channel,
      permalinkOf,
      approvers,
      revokeSessions: settings.response.revokeSessions,
      mode: settings.response.mode,
      status: statusOf({ storage, clock, startedAt, connection, watched: watch.watched }),
    });
    await owePruning(jobs, clock);
    await app.init();
    await connection.start(app);
    for (const part of [signs, show, ...works, token]) part.start();
    const turns = schedule(settings.pollSchedule, watch.turn);
    const wakes = schedule(WAKING, wakeAlerts({ alerts, clock, log, redraw: show.wake }));
    const health =
      settings.httpPort === 0
        ? undefined
        : await serveHealth(
            { unready: readiness(connection, storage) },
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

function connect(
  { delivery, slackApiUrl }: Settings,
  { log, clock, secondSocketAfterMs }: World,
  dead: (death: string) => void,
) {
  const logger = slackLogger(log);
  return delivery.is === 'socket'
    ? socketConnection({
        appToken: delivery.appToken,
        slackApiUrl,
        logger,
        secondAfterMs: secondSocketAfterMs,
        dead,
      })
    : httpConnection({ ...delivery, logger, clock });
}
