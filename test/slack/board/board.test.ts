import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webApi } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/domain/time.ts';
import { slackLogger } from '../../../src/log.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { LeaseStore } from '../../../src/ports/leases.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { MessageStore } from '../../../src/ports/messages.ts';
import type { Storage } from '../../../src/ports/storage.ts';
import { divider, picture } from '../../../src/slack/blocks.ts';
import { board } from '../../../src/slack/board/board.ts';
import { SECOND_LOOK, secondLook, takeSecondLook } from '../../../src/slack/board/second-look.ts';
import { upload } from '../../../src/slack/board/upload.ts';
import { slackClients } from '../../../src/slack/clients.ts';
import type { Render } from '../../../src/slack/render.ts';
import { slackTime } from '../../../src/slack/slack-time.ts';
import type { Message } from '../../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';
import { openStorage } from '../../../src/storage/open.ts';
import type { Loop } from '../../../src/work/loop.ts';
import { worker } from '../../../src/work/worker.ts';
import { ageLeases } from '../../support/leases.ts';

const quiet = () => undefined;
const silent: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const NOTICE = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;

let folder: string;
let slack: SlackStandIn;
let storage: Storage;
let boards: Loop[];
let told: string[];
let ahead = 0;
const databaseUrl = () => `file:${join(folder, 'board.db')}`;
const clock: Clock = { now: () => Date.now() + ahead };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groupwatch-board-'));
  slack = await startSlack({ enforceRate: false });
  for (const id of ['C1', 'C2', 'C3']) slack.addChannel({ id, name: id, members: [] });
  storage = await openStorage(databaseUrl(), { channel: 'C1' });
  boards = [];
  told = [];
  ahead = 0;
});
afterEach(async () => {
  await Promise.all(boards.map((one) => one.stop()));
  await storage.close();
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Different {
  web?: WebClient;
  leases?: LeaseStore;
  holder?: string;
  messages?: MessageStore;
  postEveryMs?: number;
  render?: Render;
}

/** What a message shows is its id and the version that was wanted. */
const render: Render = async ({ id, wantedVersion }) => ({ text: `${id} v${wantedVersion}`, blocks: [] });

function startBoard(different: Different = {}): Loop {
  const { jobs, messages, leases } = storage;
  const note = (facts: object, message: string): void => {
    told.push(`${message} ${JSON.stringify(facts)}`);
  };
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const time = slackTime(clock);
  const made = board({
    web: slackClients({
      token: slack.botToken,
      slackApiUrl: slack.apiUrl,
      logger: slackLogger(log),
      fetch: time.fetch,
    }).forQueue,
    slackTime: time,
    messages,
    jobs,
    leases,
    render,
    clock,
    log,
    dead: (death) => told.push(`dead: ${death}`),
    holder: 'one',
    postEveryMs: 5,
    updateEveryMs: 5,
    ...different,
  });
  boards.push(made);
  made.start();
  return made;
}

/** Gives up on an answer after 300 ms. */
const impatient = (): WebClient =>
  new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    timeout: 300,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

/** A minute and more goes by, and the jobs of then are done. */
function lookASecondTime(): void {
  ahead += 71_000;
  const { jobs, messages } = storage;
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const wake = (): void => {
    for (const one of boards) one.wake();
  };
  const look = takeSecondLook({ web: impatient(), messages, render, clock, slackTime: clock, log, wake });
  const work = worker({ jobs, handlers: { [SECOND_LOOK]: look }, clock, log, holder: 'looker' });
  boards.push(work);
  work.start();
}

let wanted = 0;
/** Each behind the one before. */
const want = (id: string, channel: string): Promise<void> =>
  storage.messages.notify(id, channel, NOTICE, ++wanted);
const textsIn = (channel: string): string[] => slack.messages(channel).map(({ text }) => text);
const shows = (channel: string, count: number): Promise<Message[]> =>
  slack.until(
    () => {
      const messages = slack.messages(channel);
      return messages.length >= count && messages;
    },
    `${count} messages in ${channel}, not ${textsIn(channel)} (${told.join('; ')})`,
  );

describe('the board', () => {
  it('holds no channel up while Slack pauses another', async () => {
    slack.faults.rateLimitChannel('C1', 1, 600);
    await want('first', 'C1');
    startBoard();
    await expect.poll(() => slack.calls.some(({ error }) => error === 'ratelimited')).toBe(true);
    await want('second', 'C1');
    for (let n = 0; n < 5; n++) await want(`other-${n}`, 'C2');
    await shows('C2', 5);
    expect(textsIn('C1')).toEqual([]);
    expect(slack.calls.filter(({ args }) => args.channel === 'C1')).toHaveLength(1);
  });

  it('draws in several channels at once, and in each one after the other', async () => {
    slack.faults.hang('chat.postMessage', 1, 1_500);
    await want('slow', 'C1');
    await want('after it', 'C1');
    startBoard();
    await expect.poll(() => slack.calls.length).toBe(1);
    await want('quick', 'C2');
    await shows('C2', 1);
    expect(textsIn('C1')).toEqual([]);
    await shows('C1', 2);
    expect(textsIn('C1')).toEqual(['slow v1', 'after it v1']);
  });

  it('shows a bar of colour, another one, and none, as the row wants it', async () => {
    const colours = ['#aa0000', '#00aa00'];
    const coloured: Render = async ({ id, wantedVersion }) => {
      const color = colours[wantedVersion - 1];
      const bar = { fallback: id, blocks: [divider()] };
      return { text: id, blocks: [], ...(color && { attachments: [{ color, ...bar }] }) };
    };
    const shown = (color?: string) => () =>
      slack.messages('C1').some(({ attachments = [] }) => attachments[0]?.color === color);
    await want('card', 'C1');
    startBoard({ render: coloured });
    await slack.until(shown('#aa0000'), 'the first colour');
    await outdate('card');
    await slack.until(shown('#00aa00'), 'the second');
    await outdate('card');
    await slack.until(shown(undefined), 'no bar');
    expect(slack.messages('C1')).toHaveLength(1);
  });

  describe('that shows a picture', () => {
    async function withPicture(): Promise<Render> {
      const web = slackClients({
        token: slack.botToken,
        slackApiUrl: slack.apiUrl,
        logger: slackLogger(silent),
      });
      const fileId = await upload(web.forQueue, {
        name: 'a.png',
        title: 'A',
        alt: 'a',
        bytes: new Uint8Array(9),
      });
      return async () => ({
        text: 'with a picture',
        blocks: [divider(), picture(fileId, { title: 'A', alt: 'a' })],
      });
    }
    const kindsIn = (message: Message | undefined) => message?.blocks.map(({ type }) => type);

    it('waits until Slack is done with it', async () => {
      slack.faults.fail('chat.postMessage', 1, { error: 'invalid_blocks' });
      await want('digest', 'C1');
      startBoard({ render: await withPicture() });
      const [shown] = await shows('C1', 1);
      expect(kindsIn(shown)).toEqual(['divider', 'image']);
    });

    it('goes without it when Slack never takes it', async () => {
      slack.faults.fail('chat.postMessage', 6, { error: 'invalid_blocks' });
      await want('digest', 'C1');
      startBoard({ render: await withPicture() });
      const passing = setInterval(() => {
        ahead += 60_000;
      }, 20);
      const [shown] = await shows('C1', 1).finally(() => clearInterval(passing));
      expect(kindsIn(shown)).toEqual(['divider']);
      expect(slack.calls.filter(({ error }) => error === 'invalid_blocks')).toHaveLength(6);
      expect(told.join()).toContain('sent without pictures');
    });
  });

  it('redraws while new messages wait for their turn', async () => {
    await want('card', 'C1');
    startBoard({ postEveryMs: 600_000 });
    const [card] = await shows('C1', 1);
    await want('waiting', 'C1');
    await outdate('card');
    await slack.until(() => card?.text === 'card v2', 'the card redrawn');
    expect(textsIn('C1')).toEqual(['card v2']);
  });

  it('is drawn by one replica for all, and by another when that one stops', async () => {
    const first = startBoard({ holder: 'one' });
    await want('a', 'C1');
    await shows('C1', 1);
    let claims = 0;
    const claim: MessageStore['claim'] = (request) => {
      claims++;
      return storage.messages.claim(request);
    };
    const second = startBoard({ holder: 'two', messages: { ...storage.messages, claim } });
    await want('b', 'C1');
    second.wake();
    first.wake();
    await shows('C1', 2);
    expect(claims).toBe(0);
    await first.stop();
    await storage.leases.release('one');
    await want('c', 'C1');
    await shows('C1', 3);
    expect(claims).toBeGreaterThan(0);
  });

  it('takes a post away again that another replica has made too while this one hung', async () => {
    const { messages } = storage;
    let resume: () => void = () => undefined;
    const hung = new Promise<void>((resolve) => {
      resume = resolve;
    });
    const shown: MessageStore['shown'] = async (...args) => {
      await hung;
      return messages.shown(...args);
    };
    await want('card', 'C1');
    // All of it hangs, and so it doesn't renew its turn either.
    let hangs = false;
    const take: LeaseStore['take'] = (...args) =>
      hangs ? Promise.reject(new Error('it hangs')) : storage.leases.take(...args);
    startBoard({ holder: 'one', messages: { ...messages, shown }, leases: { ...storage.leases, take } });
    const [first] = await shows('C1', 1);
    hangs = true;
    // A minute later the other replica has the turn, and doesn't find the post, which isn't in the history yet.
    await ageLeases(databaseUrl(), 61_000);
    const blind: MessageStore['claim'] = async (request) =>
      (await messages.claim(request)).map((message) => ({ ...message, triedAt: undefined }));
    startBoard({ holder: 'two', messages: { ...messages, claim: blind } });
    await shows('C1', 2);
    resume();
    await expect.poll(() => told.join()).toContain('drawn by two replicas');
    await expect.poll(async () => (await messages.find('card'))?.ts).toBeDefined();
    lookASecondTime();
    await slack.until(() => slack.messages('C1').length === 1, 'one of both gone');
    expect(slack.messages('C1')[0]?.ts).not.toBe(first?.ts);
    expect((await messages.find('card'))?.ts).toBe(slack.messages('C1')[0]?.ts);
  });

  it('takes away what Slack posts after it has given up on it', async () => {
    slack.faults.hang('chat.postMessage', 1, 1_500);
    await want('card', 'C1');
    startBoard({ web: impatient() });
    const both = await shows('C1', 2);
    // A look that finds nothing posted yet comes again only a minute later.
    await expect.poll(async () => (await storage.messages.find('card'))?.ts).toBeDefined();
    lookASecondTime();
    await slack.until(() => slack.messages('C1').length === 1, 'one of both gone');
    const { ts } = (await storage.messages.find('card')) ?? {};
    expect(both.map((one) => one.ts)).toContain(ts);
    expect(slack.messages('C1')[0]?.ts).toBe(ts);
  });

  it('takes no second look before a minute has gone by for Slack, whatever our clock says', async () => {
    await want('card', 'C1');
    startBoard();
    await shows('C1', 1);
    await expect.poll(async () => (await storage.messages.find('card'))?.ts).toBeDefined();
    const sentAt = 1_800_000_000_000;
    let slackNow = sentAt;
    const clocks = { clock: { now: () => sentAt - 3 * HOUR }, slackTime: { now: () => slackNow } };
    const { messages } = storage;
    const look = takeSecondLook({ web: impatient(), messages, render, ...clocks, log: silent, wake: quiet });
    const job = { ...secondLook('card', clocks), failures: 0 };
    expect(job.dueAt).toBe(sentAt - 3 * HOUR + 60_000);
    const calls = slack.calls.length;
    expect(await look(job)).toEqual({ is: 'again', at: job.dueAt });
    expect(slack.calls).toHaveLength(calls);
    slackNow += 60_000;
    expect(await look(job)).toEqual({ is: 'done' });
    expect(slack.calls.length).toBeGreaterThan(calls);
    // A send that ends later has a look of its own.
    expect(secondLook('card', clocks).id).not.toBe(job.id);
  });

  it('draws anew what an update that came late has drawn over', async () => {
    await want('card', 'C1');
    startBoard({ web: impatient() });
    const [card] = await shows('C1', 1);
    slack.faults.hang('chat.update', 1, 2_000);
    await outdate('card');
    await expect.poll(() => slack.calls.some(({ method }) => method === 'chat.update')).toBe(true);
    await outdate('card');
    await slack.until(() => card?.text === 'card v3', 'the last version');
    await slack.until(() => card?.text === 'card v2', 'the late one over it');
    lookASecondTime();
    await slack.until(() => card?.text === 'card v4', 'the present one again');
  });

  it('looks once more at what its predecessor was drawing when it ended', async () => {
    const { messages } = storage;
    await want('card', 'C1');
    await messages.claim({ limit: 1, holder: 'before', now: Date.now(), leaseMs: 60_000 });
    await ageLeases(databaseUrl(), 61_000);
    startBoard();
    await shows('C1', 1);
    await expect.poll(() => storage.jobs.due(Date.now() + 120_000)).toBe(1);
  });

  it('remembers a lost answer when Slack says 429 to the look back', async () => {
    slack.faults.dropReply('chat.postMessage', 1);
    slack.faults.rateLimit('conversations.history', 1, 1);
    await want('card', 'C1');
    startBoard();
    await expect.poll(() => storage.messages.behind(), { timeout: 5_000 }).toBe(0);
    expect(slack.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(2);
    expect(textsIn('C1')).toEqual(['card v1']);
  });

  it('finds what it has posted while its clock was wrong', async () => {
    await want('first', 'C1');
    const show = startBoard();
    await shows('C1', 1);
    slack.faults.dropReply('chat.postMessage', 1);
    ahead = 3 * 3_600_000;
    await want('card', 'C1');
    show.wake();
    await shows('C1', 2);
    ahead = 0;
    await expect.poll(() => storage.messages.behind(), { timeout: 5_000 }).toBe(0);
    expect(textsIn('C1')).toEqual(['first v1', 'card v1']);
  });

  it('goes on by itself after the database was away', async () => {
    let away = true;
    const { messages } = storage;
    const claim: MessageStore['claim'] = (request) =>
      away ? Promise.reject(new Error('connection refused')) : messages.claim(request);
    await want('card', 'C1');
    const show = startBoard({ messages: { ...messages, claim } });
    await expect.poll(() => told.length).toBeGreaterThan(0);
    away = false;
    show.wake();
    await shows('C1', 1);
  });
});

/** As a change of what it shows does. */
async function outdate(id: string): Promise<void> {
  const database = new SQLite(join(folder, 'board.db'));
  database.prepare('update message set wanted_version = wanted_version + 1 where id = ?').run(id);
  database.close();
}
