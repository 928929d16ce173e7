import { SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import type { Scan } from '../ports/watches.ts';
import type { Instruments } from './instruments.ts';

interface Needs {
  storage: Storage;
  clock: Clock;
  startedAt: number;
}

/** A database that takes longer has other troubles than its numbers. */
const PATIENCE = 2 * SECOND;
/** So many waiting messages are told apart by age; a queue that is longer is an alarm by its length. */
const MOST = 500;

/** Sets what only the database knows. While it doesn't answer, those are left out: an old number is a wrong one. */
export function refresher(to: Instruments, { storage, clock, startedAt }: Needs): () => Promise<void> {
  const waits = waitingTimes(clock);

  async function read() {
    const { alerts, counts, jobs, messages, watches } = storage;
    const now = clock.now();
    const scans = await watches.all();
    const age = (wanted: Scan): number => {
      const completed = scans.flatMap(({ scan, completedAt = startedAt }) =>
        scan === wanted ? completedAt : [],
      );
      return (now - (completed.length > 0 ? Math.min(...completed) : startedAt)) / SECOND;
    };
    return {
      pollAge: age('tick'),
      sweepAges: { '24h': age('hourly'), '14d': age('daily') },
      alerts: await alerts.countByState(),
      unresolved: await counts.unresolved(),
      blind: await counts.blindAccounts(),
      queue: await messages.behind(),
      queueAge: waits(await counts.behind(MOST)),
      jobsDue: await jobs.due(now),
      requests: await counts.requests(),
    };
  }

  return async () => {
    for (const labelled of [to.alerts, to.unresolved, to.requests, to.sweepAge]) labelled.reset();
    const plain = [to.pollAge, to.blind, to.queue, to.queueAge, to.jobsDue];
    const known = await within(PATIENCE, read());
    to.databaseUp.set(known ? 1 : 0);
    if (!known) {
      for (const one of plain) one.remove();
      return;
    }
    for (const [state, count] of Object.entries(known.alerts)) to.alerts.set({ state }, count);
    for (const { count, ...labels } of known.unresolved) to.unresolved.set(labels, count);
    for (const { state, count } of known.requests) to.requests.set({ state }, count);
    to.pollAge.set(known.pollAge);
    for (const [over, seconds] of Object.entries(known.sweepAges)) to.sweepAge.set({ over }, seconds);
    to.blind.set(known.blind);
    to.queue.set(known.queue);
    to.queueAge.set(known.queueAge);
    to.jobsDue.set(known.jobsDue);
  };
}

/** The value, or nothing when it fails or takes too long. */
function within<T>(milliseconds: number, value: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), milliseconds);
    value.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(late));
  });
}

/** How long the oldest has been among what waits, each time that it is told what waits; in seconds. */
function waitingTimes({ now }: Clock): (waiting: readonly string[]) => number {
  let since = new Map<string, number>();
  return (waiting) => {
    const at = now();
    since = new Map(waiting.map((name) => [name, since.get(name) ?? at]));
    return (at - Math.min(at, ...since.values())) / SECOND;
  };
}
