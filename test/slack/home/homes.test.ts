import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slackLogger } from '../../../src/log.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Storage } from '../../../src/ports/storage.ts';
import { slackClients } from '../../../src/slack/clients.ts';
import { type Homes, homes } from '../../../src/slack/home/homes.ts';
import type { ViewFor } from '../../../src/slack/home/view-for.ts';
import { mrkdwn } from '../../../src/slack/text.ts';
import { closedHome } from '../../../src/slack/views/home/home.ts';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';
import { openStorage } from '../../../src/storage/open.ts';

const ANA = { id: 'U0ANA' };

describe('the Home tabs in Slack', () => {
  let slack: SlackStandIn;
  let storage: Storage;
  let folder: string;
  let warnings: string[];
  /** What there is to see: it changes while others draw. */
  let state: number;
  let slow: Promise<void> | undefined;
  beforeEach(async () => {
    slack = await startSlack();
    slack.addPerson({ id: 'U0ANA', name: 'Ana' });
    folder = await mkdtemp(join(tmpdir(), 'groupwatch-homes-'));
    storage = await openStorage(`file:${join(folder, 'test.db')}`, { channel: 'C0ALERTS' });
    warnings = [];
    state = 0;
    slow = undefined;
  });
  afterEach(async () => {
    await storage.close();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** One replica's; its views show what there was to see when it looked. */
  function replica(): Homes {
    const note = (_: object, message: string) => void warnings.push(message);
    const quiet = () => undefined;
    const log: Log = { debug: quiet, info: quiet, warn: note, error: note };
    const { forPeople: web } = slackClients({
      token: slack.botToken,
      slackApiUrl: slack.apiUrl,
      logger: slackLogger({ ...log, warn: quiet, error: quiet }),
    });
    const viewFor: ViewFor = async (_, { page, said }) => {
      const seen = state;
      await slow;
      return closedHome(mrkdwn`state ${seen}, page ${page} ${said ?? ''}`, undefined, () => undefined);
    };
    return homes({ web, homes: storage.homes, viewFor, log });
  }
  const shown = (): string => JSON.stringify(slack.person('U0ANA').home()?.blocks);
  const published = (): number => slack.calls.filter(({ method }) => method === 'views.publish').length;

  it('are drawn only for who has opened theirs', async () => {
    await replica().redraw(ANA);
    expect(published()).toBe(0);
    await replica().open(ANA);
    expect(shown()).toContain('state 0, page 0');
  });

  it('are drawn over the view that Slack has, by whatever replica', async () => {
    await replica().open(ANA);
    for (state = 1; state <= 3; state++) {
      await replica().redraw(ANA);
      expect(shown()).toContain(`state ${state}`);
    }
    const hashes = slack.calls.map(({ args }) => args.hash);
    expect(hashes[0]).toBeUndefined();
    expect(new Set(hashes.slice(1)).size).toBe(3);
    expect(slack.calls.filter(({ error }) => error)).toEqual([]);
  });

  it('show the latest at last, when two replicas draw at once', async () => {
    const [one, two] = [replica(), replica()];
    await one.open(ANA);
    const gate = Promise.withResolvers<void>();
    slow = gate.promise;
    const late = one.redraw(ANA);
    slow = undefined;
    state = 1;
    await two.redraw(ANA);
    gate.resolve();
    await late;
    expect(shown()).toContain('state 1');
    expect(slack.calls.some(({ error }) => error === 'hash_conflict')).toBe(true);
  });

  it('are drawn all the same when the hash that is stored is an old one', async () => {
    await replica().open(ANA);
    await storage.homes.shown('U0ANA', 'of-a-view-long-gone');
    state = 1;
    await replica().redraw(ANA);
    expect(shown()).toContain('state 1');
    state = 2;
    await replica().redraw(ANA);
    expect(shown()).toContain('state 2');
    expect(warnings).toEqual([]);
  });

  it('are drawn a few times for many presses at once, and what was said is not lost', async () => {
    const mine = replica();
    await mine.open(ANA);
    const all = Array.from({ length: 30 }, (_, n) =>
      mine.redraw(ANA, n === 9 ? mrkdwn`Ben was faster` : undefined),
    );
    state = 1;
    await Promise.all(all);
    expect(published()).toBeLessThanOrEqual(3);
    expect(shown()).toContain('state 1');
    expect(shown()).toContain('Ben was faster');
  });

  it('keep the page until they are opened anew', async () => {
    const mine = replica();
    await mine.open(ANA);
    await mine.turn('U0ANA', 2);
    await mine.redraw(ANA);
    expect(shown()).toContain('page 2');
    await mine.open(ANA, slack.person('U0ANA').home()?.hash);
    expect(shown()).toContain('page 0');
  });

  it('tell in the log what is wrong, and hold nothing up', async () => {
    const mine = replica();
    await mine.open(ANA);
    slack.faults.fail('views.publish', 1, { error: 'internal_error' });
    await mine.redraw(ANA);
    slack.faults.fail('views.publish', 1, { error: 'not_enabled' });
    await mine.redraw(ANA);
    expect(warnings).toEqual([
      'a Home tab could not be drawn',
      'the Slack app has no Home tab: update it from manifest.yml',
    ]);
    state = 1;
    await mine.redraw(ANA);
    expect(shown()).toContain('state 1');
  });
});
