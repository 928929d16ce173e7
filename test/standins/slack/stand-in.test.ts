import { readFileSync } from 'node:fs';
import type { ModalView } from '@slack/types';
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METHODS } from '../../../src/standins/slack/methods/all.ts';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';

let slack: SlackStandIn;
let web: WebClient;
const channel = 'C1';
beforeEach(async () => {
  slack = await startSlack({ triggerMs: 50 });
  slack.addChannel({ id: channel, name: 'one', members: ['U1'] });
  web = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
afterEach(() => slack.close());

it('covers what its README says, and no other method', () => {
  const readme = readFileSync(new URL('../../../src/standins/slack/README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/^\| `([a-zA-Z.]+)` +\|/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual([...Object.keys(METHODS), 'apps.connections.open'].toSorted());
});

describe('messages', () => {
  it('come back in history with metadata for who asks', async () => {
    const metadata = { event_type: 'x', event_payload: { id: '7' } };
    await web.chat.postMessage({ channel, text: 'hello', metadata });
    const plain = await web.conversations.history({ channel });
    const whole = await web.conversations.history({ channel, include_all_metadata: true });
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'x' });
    expect(whole.messages?.[0]?.metadata).toEqual(metadata);
  });

  it('lose their blocks to an update of the text alone, and keep their metadata', async () => {
    const blocks = [{ type: 'divider' }];
    const metadata = { event_type: 'x', event_payload: { id: '7' } };
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'a', blocks, metadata });
    await web.chat.update({ channel, ts, text: 'b' });
    expect(slack.messages(channel)[0]).toMatchObject({ text: 'b', blocks: [], metadata, edited: 1 });
    await expect(web.chat.update({ channel, ts, text: 'x'.repeat(4_001) })).rejects.toThrow('msg_too_long');
    await expect(web.chat.update({ channel, ts: '1.0', text: 'b' })).rejects.toThrow('message_not_found');
  });

  it('are held to one a second', async () => {
    const post = () => web.chat.postMessage({ channel, text: 'x' });
    const results = await Promise.allSettled([post(), post(), post(), post(), post()]);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toBeInstanceOf(WebAPIRateLimitedError);
  });

  it('are posted even when the answer gets lost', async () => {
    slack.faults.dropReply('chat.postMessage', 1);
    await expect(web.chat.postMessage({ channel, text: 'x' })).rejects.toThrow();
    expect(slack.messages(channel)).toHaveLength(1);
  });
});

describe('what Slack refuses', () => {
  const block = (more: object) => [{ type: 'section', text: { type: 'mrkdwn', text: 'x' }, ...more }];
  const option = (value: string) => ({ text: { type: 'plain_text', text: 'x' }, value });
  it.each<[what: string, blocks: unknown[]]>([
    ['too many blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['too long text', block({ text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } })],
    ['empty text', block({ text: { type: 'mrkdwn', text: '' } })],
    ['an unknown block', [{ type: 'marquee' }]],
    ['an unknown element', [{ type: 'actions', elements: [{ type: 'lever', action_id: 'a' }] }]],
    ['a header over 150', [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]],
    [
      'six options',
      block({ accessory: { type: 'overflow', action_id: 'a', options: [...'123456'].map(option) } }),
    ],
    [
      'an option value over 150',
      block({ accessory: { type: 'overflow', action_id: 'a', options: [option('x'.repeat(151))] } }),
    ],
    ['a block_id twice', [...block({ block_id: 'b' }), ...block({ block_id: 'b' })]],
    [
      'an action_id twice',
      [
        {
          type: 'actions',
          elements: ['1', '2'].map(() => ({ type: 'overflow', action_id: 'a', options: [option('1')] })),
        },
      ],
    ],
  ])('%s', async (_, blocks) => {
    await expect(
      web.apiCall('chat.postMessage', { channel, text: 'x', blocks: JSON.stringify(blocks) }),
    ).rejects.toThrow('invalid_blocks');
  });

  it('wrong tokens, missing scopes, absent channels, unknown methods', async () => {
    const as = (token: string) =>
      new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    await expect(as('xoxb-wrong').auth.test()).rejects.toThrow('invalid_auth');
    await expect(web.conversations.info({ channel: 'C9' })).rejects.toThrow('channel_not_found');
    await expect(web.apiCall('chat.dance', {})).rejects.toThrow('unknown_method');
    await using poor = await startSlack({ scopes: ['chat:write'] });
    const poorWeb = new WebClient(poor.botToken, { slackApiUrl: poor.apiUrl, retryConfig: { retries: 0 } });
    await expect(poorWeb.users.info({ user: 'U1' })).rejects.toThrow('missing_scope');
  });

  it('a trigger that is unknown', async () => {
    const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] };
    await expect(web.views.open({ trigger_id: 'nope', view })).rejects.toThrow('invalid_trigger_id');
  });
});
