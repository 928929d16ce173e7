import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { App } from '@slack/bolt';
import type { Settings } from './config.ts';
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
import { register } from './slack/register.ts';
import { render } from './slack/render.ts';
import { readiness, statusOf } from './status.ts';
import { openAlone } from './storage/alone.ts';
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
  /** Lets what is under way come to its end. A second call waits for the first. */
  stop(): Promise<void>;
}

/** What tests and the demo set differently. */
export interface World {
  log: Log;
  clock: Clock;
  secondSocketAfterMs?: number;
  awsRequestTimeoutMs?: number;
  /** LookupEvents calls a second; AWS allows two an account and Region, for everyone together. */
  lookupsPerSecond?: number;
  /** A new message in a channel at most so often, and an update of any. */
  postEveryMs?: number;
  updateEveryMs?: number;
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
  const storage = await openAlone(settings.databaseUrl, { channel });
  try {
    const { alerts, audit, jobs, leases, messages, responses, watches } = storage;
    const clients = slackClients({ token: settings.botToken, slackApiUrl: settings.slackApiUrl, logger });
    const workspace = await introduce(clients.forQueue, channel);
    const connection = connect(settings, world);
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
        approvers,
        revokeSessions: settings.response.revokeSessions,
      }),
      clock,
      log,
      holder,
      postEveryMs: world.postEveryMs,
      updateEveryMs: world.updateEveryMs,
    });
    const wake = (): void => {
      show.wake();
      work.wake();
    };

    const turnAt = inTurn({ leases, clock, holder });
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
    const work = worker({ jobs, handlers, clock, log, holder });
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
      workspaceUrl: workspace.url,
      approvers,
      revokeSessions: settings.response.revokeSessions,
      mode: settings.response.mode,
      status: statusOf({ storage, clock, startedAt, connection, watched: watch.watched }),
    });
    await app.init();
    await connection.start(app);
    signs.start();
    show.start();
    work.start();
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
      await Promise.all([
        turns.stop(),
        wakes.stop(),
        connection.stop(),
        work.stop(),
        show.stop(),
        health?.close(),
      ]);
      await leases.release(holder);
      await signs.stop();
      await storage.close();
    };
    return {
      healthPort: health?.port ?? 0,
      slackPort: connection.port?.(),
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

function connect({ delivery, slackApiUrl }: Settings, { log, clock, secondSocketAfterMs }: World) {
  const logger = slackLogger(log);
  return delivery.is === 'socket'
    ? socketConnection({
        appToken: delivery.appToken,
        slackApiUrl,
        logger,
        secondAfterMs: secondSocketAfterMs,
      })
    : httpConnection({ ...delivery, logger, clock });
}
