import type { Instant } from './domain/time.ts';
import { MINUTE, SECOND } from './domain/time.ts';
import type { Clock, Storage } from './ports.ts';
import type { Connection } from './slack/connection.ts';
import type { Status } from './slack/views/answers/status.ts';
import { VERSION } from './version.ts';
import type { Watched } from './watch.ts';

interface Needs {
  storage: Storage;
  clock: Clock;
  startedAt: Instant;
  connection: Connection;
  watched: Watched;
}

/** What `/groupwatch status` tells. */
export const statusOf =
  ({ storage, clock, startedAt, connection, watched }: Needs): (() => Promise<Status>) =>
  async () => {
    const { alerts, jobs, messages, replicas, watches } = storage;
    const now = clock.now();
    const identity = watched.identity();
    const account = identity?.account ?? 'unknown';
    const watch = (await watches.all()).find(
      (one) => one.account === account && one.region === watched.region && one.scan === 'tick',
    );
    return {
      version: VERSION,
      startedAt,
      now,
      accounts: [
        {
          account,
          region: watched.region,
          partition: identity?.partition ?? 'unknown',
          completedAt: watch?.completedAt,
          watermark: watch?.watermark,
          lagMs: watch?.completedAt === undefined ? undefined : now - watch.completedAt,
          callsLastMinute: watched.source.callsLastMinute(),
          waiting: watched.source.waiting(),
          blindSince: await watches.blindSince(account),
        },
      ],
      queue: await messages.behind(),
      jobs: await jobs.due(now),
      replicas: await replicas.seenSince(now - MINUTE),
      counts: await alerts.countByState(),
      sockets: connection.open(),
    };
  };

/** Ready means: Slack can reach us, and the database answers within 2 s. A blind watch is told in the channel. */
export const readiness =
  (connection: Connection, { messages }: Storage): (() => Promise<string[]>) =>
  async () => {
    const problems: string[] = [];
    if (connection.open().open === 0) problems.push('no connection that Slack could send clicks over');
    const silence = AbortSignal.timeout(2 * SECOND);
    const answer = await Promise.race([
      messages.behind().then(() => undefined),
      new Promise<string>((resolve) => {
        silence.addEventListener('abort', () => resolve('the database does not answer within 2 s'));
      }),
    ]).catch((error) => `the database does not answer: ${String(error)}`);
    if (answer) problems.push(answer);
    return problems;
  };
