import { beforeEach, describe, expect, it } from 'vitest';
import type { ListedOrganization } from '../../src/aws/organization.ts';
import type { AccountsAndRoutes } from '../../src/config-file.ts';
import { readConfigFile } from '../../src/config-file.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import { discovery } from '../../src/organization/discovery.ts';
import { SourceFailure } from '../../src/ports/cloudtrail.ts';

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const signal = new AbortController().signal;
const read = readConfigFile('organization: {}');
const file: AccountsAndRoutes = read.ok ? read : { accounts: [], routes: [] };

describe('AWS is asked for the accounts of the organization', () => {
  let now: number;
  let asked: number;
  let answer: () => Promise<ListedOrganization>;
  let told: unknown[];
  let watched: AccountsAndRoutes['accounts'];
  const listing =
    (...ids: string[]) =>
    async () => ({
      home: '1',
      partition: 'aws',
      accounts: ids.map((id) => ({ id, name: `n${id}`, active: true })),
    });
  const refusing = () => Promise.reject(new SourceFailure('access-denied', 'not allowed'));
  const start = () =>
    discovery(file, {
      accounts: {
        watched: () => watched,
        adopt: (next) => {
          watched = next.accounts;
        },
      },
      list: () => {
        asked++;
        return answer();
      },
      messages: { notify: async (_id, _channel, notice) => void told.push(notice) },
      channel: 'C0ALERTS',
      clock: { now: () => now },
      log,
      wake: quiet,
    });
  /** So often in that time, looked at every ten seconds. */
  async function askedIn(ms: number, it: ReturnType<typeof start>): Promise<number> {
    const before = asked;
    for (const end = now + ms; now < end; now += 10_000) await it.turn(signal);
    return asked - before;
  }

  beforeEach(() => {
    now = Date.UTC(2026, 10, 24);
    asked = 0;
    told = [];
    watched = [];
    answer = listing('1', '2');
  });

  it('once a day, and at once when the clock was put back', async () => {
    const it = start();
    expect(await askedIn(DAY, it)).toBe(1);
    expect(watched.map(({ id }) => id)).toEqual(['1', '2']);
    expect(await askedIn(HOUR, it)).toBe(1);
    now -= 6 * HOUR;
    expect(await askedIn(HOUR, it)).toBe(1);
    expect(told).toEqual([]);
  });

  it('again after a minute when it fails, then less and less often, and the channel is told once', async () => {
    answer = refusing;
    const it = start();
    expect(await askedIn(MINUTE, it)).toBe(1);
    expect(await askedIn(6 * MINUTE, it)).toBe(2);
    expect(await askedIn(4 * HOUR, it)).toBeLessThan(10);
    expect(told).toMatchObject([{ is: 'organization-unlisted', why: 'not allowed', watched: 0 }]);
    answer = listing('1');
    expect(await askedIn(DAY, it)).toBe(1);
    expect(watched.map(({ id }) => id)).toEqual(['1']);
  });

  it('keeps what there was, and tells who has come and gone', async () => {
    const it = start();
    await it.turn(signal);
    answer = refusing;
    now += DAY;
    await it.turn(signal);
    expect(watched.map(({ id }) => id)).toEqual(['1', '2']);
    answer = listing('2', '3');
    it.adopt(file);
    expect(watched.map(({ id }) => id)).toEqual(['1', '2']);
    await it.turn(signal);
    expect(told.at(-1)).toEqual({ is: 'organization-changed', added: ['n3 (3)'], dropped: ['n1 (1)'] });
  });

  it('not at all when CONFIG_FILE has no organization', async () => {
    const it = start();
    it.adopt({ accounts: [], routes: [] });
    expect(await askedIn(DAY, it)).toBe(0);
  });
});
