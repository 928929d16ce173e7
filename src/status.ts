import type { Accounts } from './accounts.ts';
import type { Crew } from './crew.ts';
import type { Instant } from './domain/time.ts';
import { DAY, MINUTE, SECOND } from './domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Storage } from './ports/storage.ts';
import type { Scan, Watch } from './ports/watches.ts';
import type { Connection } from './slack/connection.ts';
import type { Status } from './slack/views/answers/status.ts';
import { VERSION } from './version.ts';

interface Needs {
  storage: Storage;
  clock: Clock;
  startedAt: Instant;
  connection: Connection;
  accounts: Accounts;
}

/** What `/groupwatch status` tells. */
export const statusOf =
  ({ storage, clock, startedAt, connection, accounts }: Needs): (() => Promise<Status>) =>
  async () => {
    const { alerts, attempts, exceptions, jobs, messages, replicas, watches } = storage;
    const now = clock.now();
    const scans = new Map(
      (await watches.all()).map((one) => [`${one.account} ${one.region} ${one.scan}`, one]),
    );
    const watched = async ({ access }: Crew) => {
      const { source, region } = access;
      const account = access.known()?.account ?? access.account.id ?? 'unknown';
      const last = (scan: Scan): Watch | undefined => scans.get(`${account} ${region} ${scan}`);
      const watch = last('tick');
      return {
        account,
        name: access.account.name,
        region,
        partition: access.known()?.partition ?? 'unknown',
        completedAt: watch?.completedAt,
        watermark: watch?.watermark,
        sweptAt: { hourly: last('hourly')?.completedAt, daily: last('daily')?.completedAt },
        lagMs: watch?.completedAt === undefined ? undefined : now - watch.completedAt,
        callsLastMinute: source.callsLastMinute(),
        waiting: source.waiting(),
        blindSince: await watches.blindSince(account),
      };
    };
    return {
      version: VERSION,
      startedAt,
      now,
      accounts: await Promise.all(accounts.all().map(watched)),
      queue: await messages.behind(),
      jobs: await jobs.due(now),
      replicas: await replicas.seenSince(now - MINUTE),
      counts: await alerts.countByState(),
      attempts: await attempts.tally(now - DAY),
      exceptions: (await exceptions.inForce(now)).length,
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
