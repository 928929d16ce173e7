import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import { checkBlocks } from '../../src/standins/slack/block-kit.ts';
import type { Message, StoredFile } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

/** Who was added on which day of the week, how long it took somebody to see it, and what it was. */
const WEEK = [
  { user: 'bob', group: 'admins', seen: 2 * MINUTE, verdict: 'true-positive' },
  { user: 'carol', group: 'developers', seen: 10 * MINUTE, verdict: 'benign' },
  { user: 'dora', group: 'developers', seen: 20 * MINUTE, verdict: 'false-positive' },
  { user: 'emil', group: 'admins', seen: 4 * MINUTE, verdict: undefined },
] as const;

describe('a week of numbers', () => {
  let world: World;
  beforeAll(async () => {
    // On the hour, whatever the hour is: the app's clock is moved there.
    world = await startWorld({ settings: { weeklyDigest: { cron: '0 * * * *', zone: 'UTC' } } });
    const { slack, ana, ben } = world;
    for (const { user, group, seen, verdict } of WEEK) {
      world.later(DAY + HOUR);
      world.aws.addUserToGroup({ user, group });
      const card = await world.cardOf(user);
      const id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
      const shows = (words: string) =>
        slack.until(() => JSON.stringify(card.blocks).includes(words), `${user}: ${words}`, 10_000);
      await world.drawn();
      world.later(seen);
      await ana.press(card, ACTION.acknowledge);
      await shows('*Acknowledged* by');
      if (!verdict) continue;
      world.later(HOUR);
      await ben.press(card, ACTION.menu, { option: pack('resolve', id) });
      await slack.until(() => ben.view()?.callback_id === 'alert.resolve', 'the form');
      await ben.submit({ [INPUT.verdict]: verdict, [INPUT.note]: 'Looked into it' });
      await shows('*Resolved as');
    }
  }, 60_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const shown = (message: Message): string => JSON.stringify(message.blocks);
  /** The pictures of a message as Slack has them, with what they say to who can't see them. */
  const chartsOf = (message: Message): (StoredFile & { alt: unknown })[] =>
    message.blocks.flatMap((block) => {
      const id = /"slack_file":\{"id":"(\w+)"\}/.exec(JSON.stringify(block))?.[1];
      const file = id === undefined ? undefined : world.slack.file(id);
      return file ? [{ ...file, alt: block.alt_text }] : [];
    });
  const answer = async (words: string): Promise<Message> => {
    const { ana, slack } = world;
    const before = ana.ephemerals().length;
    await ana.command(CHANNEL, '/groupwatch', words);
    return slack.until(() => ana.ephemerals()[before], `the answer to ${words}`, 10_000);
  };

  it('is told to who asks, with charts that are described', async () => {
    const told = await answer('stats 7d');
    expect(told.text).toBe('*Numbers of the last 7 days*: 4 alerts');
    expect(checkBlocks(told.blocks, 'message')).toEqual([]);
    expect(shown(told)).toMatch(/\*Until acknowledged\*\\n7 min( \d s)?, for 90 % at most 17 min( \d s)?"/);
    expect(shown(told)).toMatch(/\*Delay of Slack\*\\n[01] s, for 90 % at most \d s"/);
    expect(shown(told)).toContain('33 % of 3 resolved, 1 benign, 1 true');
    expect(shown(told)).toMatch(
      /`developers`: 2 alerts · acknowledged after 15 min.* · 50 % false positives/,
    );
    expect(shown(told)).toMatch(/`111122223333`: 4 alerts/);
    const charts = chartsOf(told);
    expect(charts.map(({ name }) => name.split('-')[0])).toEqual(['alerts', 'times']);
    for (const { bytes, alt, altText } of charts) {
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('\x89PNG');
      expect(alt).toBe(altText);
    }
    expect(charts[0]?.alt).toMatch(/^Alerts a day, .* 4 in all: .*\. By day: /);
    expect(charts[1]?.alt).toMatch(/Until acknowledged: 7 min/);
  });

  it('of a longer time counts the same, and of an unknown one says what there is', async () => {
    expect((await answer('stats')).text).toBe('*Numbers of the last 30 days*: 4 alerts');
    expect((await answer('stats 90d')).text).toBe('*Numbers of the last 90 days*: 4 alerts');
    expect(shown(await answer('stats 5y'))).toContain('/groupwatch stats [7d|30d|90d]');
  });

  it('is an answer without charts where Slack does not take them', async () => {
    world.slack.faults.fail('files.getUploadURLExternal', 1, { error: 'missing_scope' });
    const told = await answer('stats 7d');
    expect(chartsOf(told)).toEqual([]);
    expect(shown(told)).toContain("Slack didn't take the charts");
    expect(shown(told)).toContain('*Until acknowledged*');
  });

  it('comes to the channel at its time, once an hour here', async () => {
    const { slack } = world;
    const digests = (): Message[] => slack.messages(CHANNEL).filter(({ text }) => text.startsWith('📊'));
    const before = digests().length;
    world.later(HOUR);
    const digest = await slack.until(() => digests()[before], 'the digest', 15_000);
    expect(digest.text).toMatch(
      /^📊 \*The week from [\d-]+ to [\d-]+\*: 4 alerts, acknowledged after 7 min.*, 33 % false positives, 1 still open\.$/,
    );
    expect(chartsOf(digest)).toHaveLength(2);
    expect(digest.thread_ts).toBeUndefined();
  });

  it('is on the Home tab, of 30 days', async () => {
    const { ana, slack } = world;
    await ana.openHome();
    await slack.until(() => JSON.stringify(ana.home()?.blocks ?? []).includes('The last 30 days'), 'Home');
    expect(JSON.stringify(ana.home()?.blocks)).toMatch(/\*Until acknowledged\*\\n7 min/);
  });
});
