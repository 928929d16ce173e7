import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { newMessages } from '../../../src/standins/slack/messages.ts';
import type { Message } from '../../../src/standins/slack/types.ts';
import { startSlack } from '../../../src/standins/slack/workspace.ts';

const message = (n: number, more: Partial<Message> = {}): Message => ({
  channel: 'C1',
  ts: `${n}.000000`,
  user: 'U0BOT',
  text: `${n}`,
  blocks: [],
  edited: 0,
  ...more,
});

describe('what a workspace keeps', () => {
  it('is found by channel and ts among 20,000', () => {
    const messages = newMessages();
    for (let n = 0; n < 20_000; n++) messages.add(message(n, { channel: `C${n % 2}` }));
    messages.add(message(20_000, { thread_ts: '1.000000' }));
    messages.add(message(20_001, { ephemeralFor: 'U1' }));
    expect(messages.seen('C1')).toHaveLength(10_001);
    expect(messages.find('C1', '4999.000000')?.text).toBe('4999');
    expect(messages.find('C0', '4999.000000')).toBeUndefined();
    expect(messages.replies('C1', '1.000000')).toHaveLength(1);
    expect(messages.ephemerals('U1')).toHaveLength(1);
    messages.remove('C1', '20000.000000');
    expect(messages.replies('C1', '1.000000')).toEqual([]);
  });

  it('is as much as it is told to keep', async () => {
    const messages = newMessages(3);
    for (let n = 0; n < 10; n++) messages.add(message(n, n % 2 ? { ephemeralFor: 'U1' } : {}));
    expect(messages.seen('C1').map(({ text }) => text)).toEqual(['4', '6', '8']);
    expect(messages.ephemerals('U1').map(({ text }) => text)).toEqual(['5', '7', '9']);
    expect(messages.all()).toHaveLength(6);

    await using slack = await startSlack({ keepCalls: 2 });
    const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    for (let n = 0; n < 5; n++) await web.apiCall('auth.test', { n });
    expect(slack.calls.map(({ args }) => args.n)).toEqual(['3', '4']);
  });
});
