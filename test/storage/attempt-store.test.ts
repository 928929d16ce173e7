import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeptAttempt, RunRaised } from '../../src/ports/attempts.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { raised } from '../support/alerts.ts';
import { attemptAt, FIRST } from '../support/attempts.ts';
import { ENGINES, type Engine } from './engines.ts';

const TRUDY = { account: '111122223333', actor: 'arn:aws:iam::111122223333:user/TRUDY' };
const MINUTES = 600_000;
const keysOf = (attempts: readonly KeptAttempt[]): string[] =>
  attempts.map(({ attempt }) => attempt.event.key);

describe.each(Object.entries(ENGINES))('attempts on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const at = (...seconds: number[]) => seconds.map((one) => attemptAt(one));
  const owed = async (): Promise<string[]> => {
    const claim = { kinds: ['attempts.count'], limit: 9, holder: 'h', now: FIRST, leaseMs: 60_000 };
    return (await storage.jobs.claim(claim)).map(({ subject }) => subject);
  };
  /** Makes one alert of all that is given to it. */
  const judge = (attempts: readonly KeptAttempt[]): RunRaised[] => [
    { run: attempts, raised: raised({ eventID: `run-${keysOf(attempts)[0]}`, requestID: 'run' }) },
  ];
  const none = (): RunRaised[] => [];

  it('are stored with their page, once, and owe their count', async () => {
    expect(await storage.alerts.raise([raised()], at(0, 1))).toEqual(['new']);
    expect(await storage.alerts.raise([], at(1, 2))).toEqual([]);
    const again = attemptAt(2, { eventID: 'other' });
    await storage.alerts.raise([], [again, again]);
    expect(await storage.attempts.tally(FIRST + 2_000)).toEqual({ total: 3, since: 1 });
    expect(await owed()).toEqual(['111122223333 arn:aws:iam::111122223333:user/trudy']);
    expect((await storage.alerts.search({ limit: 1, offset: 0 })).total).toBe(1);
  });

  it('are found by name, ARN and access key, whatever the case, the newest first', async () => {
    await storage.alerts.raise([], at(0, 2, 1));
    for (const actor of ['Trudy', TRUDY.actor, 'akiaexample66']) {
      const { attempts, total } = await storage.attempts.ofActor(actor, 2);
      expect([total, attempts.map(({ event }) => event.key)]).toEqual([3, ['refused-2', 'refused-1']]);
    }
    const [latest] = (await storage.attempts.ofActor('trudy', 1)).attempts;
    expect(latest).toMatchObject({ object: 'admins', denied: true, account: TRUDY.account });
    expect((await storage.attempts.ofActor('bob', 1)).total).toBe(0);
  });

  it('are counted once, with those around them and what alerts have told', async () => {
    await storage.alerts.raise([], at(0, 1));
    const seen: KeptAttempt[][] = [];
    const look = (attempts: readonly KeptAttempt[]): RunRaised[] => {
      seen.push([...attempts]);
      return judge(attempts);
    };
    const first = await storage.attempts.count(TRUDY, MINUTES, look);
    expect(first).toEqual({ raisings: ['new'], left: false });
    expect(await storage.attempts.count(TRUDY, MINUTES, look)).toEqual({ raisings: [], left: false });
    expect(seen).toHaveLength(1);

    await storage.alerts.raise([], at(900, 5_000));
    await storage.attempts.count(TRUDY, MINUTES, (attempts) => {
      seen.push([...attempts]);
      return [];
    });
    expect(seen[1]?.map(({ attempt, alertId }) => [attempt.event.key, alertId !== undefined])).toEqual([
      ['refused-0', true],
      ['refused-1', true],
      ['refused-900', false],
      ['refused-5000', false],
    ]);
  });

  it('are those of one actor in one account', async () => {
    const elsewhere = attemptAt(1, { recipientAccountId: '444455556666' });
    const other = attemptAt(2, { userIdentity: { type: 'IAMUser', userName: 'eve' } });
    await storage.alerts.raise([], [...at(0), elsewhere, other]);
    expect((await owed()).toSorted()).toEqual([
      '111122223333 arn:aws:iam::111122223333:user/trudy',
      '111122223333 eve',
      '444455556666 arn:aws:iam::111122223333:user/trudy',
    ]);
    await storage.attempts.count(TRUDY, MINUTES, (attempts) => {
      expect(keysOf(attempts)).toEqual(['refused-0']);
      return [];
    });
  });

  it('that are very many are counted part by part', async () => {
    await storage.alerts.raise([], at(...Array.from({ length: 501 }, (__, n) => n * 10)));
    expect(await storage.attempts.count(TRUDY, MINUTES, none)).toEqual({ raisings: [], left: true });
    expect(await storage.attempts.count(TRUDY, MINUTES, none)).toEqual({ raisings: [], left: false });
  });

  it('are counted by one of two replicas', async () => {
    await storage.alerts.raise([], at(0, 1, 2));
    const replica = await engine.replica(storage);
    const both = await Promise.all(
      [storage, replica].map(({ attempts }) => attempts.count(TRUDY, MINUTES, judge)),
    );
    expect(both.flatMap(({ raisings }) => raisings)).toEqual(['new']);
  });

  it('stay uncounted when the alert could not be stored', async () => {
    await storage.alerts.raise([], at(0));
    const broken = () => {
      throw new Error('cannot be judged');
    };
    await expect(storage.attempts.count(TRUDY, MINUTES, broken)).rejects.toThrow('cannot be judged');
    expect(await storage.attempts.count(TRUDY, MINUTES, judge)).toEqual({ raisings: ['new'], left: false });
  });

  it('are taken away when they are old', async () => {
    await storage.alerts.raise([], at(0, 5));
    await storage.retention.pruneAttempts({ before: FIRST + 5_000 });
    expect(await storage.attempts.tally(0)).toEqual({ total: 1, since: 1 });
  });
});
