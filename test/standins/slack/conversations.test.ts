import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';
import { boltApp } from './bolt.ts';

let slack: SlackStandIn;
let web: WebClient;
const clientFor = (one: SlackStandIn) =>
  new WebClient(one.botToken, {
    slackApiUrl: one.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
beforeEach(async () => {
  slack = await startSlack({ enforceRate: false });
  slack.addPerson({ id: 'U1', name: 'Ana', email: 'Ana@example.com' });
  slack.addPerson({ id: 'U2', name: 'Zoe', email: 'zoe@example.com', deleted: true });
  slack.addChannel({ id: 'C1', name: 'one', members: ['U1'] });
  web = clientFor(slack);
});
afterEach(() => slack.close());

describe('a direct message', () => {
  it('goes to a person, who reads it and presses its button', async () => {
    const pressed: unknown[] = [];
    await using _app = await boltApp(slack, (app) => {
      app.action('yes', async ({ ack, body }) => {
        await ack();
        pressed.push(body.user.id, 'channel' in body && body.channel?.id);
      });
    });
    const { channel } = await web.conversations.open({ users: 'U1' });
    const again = await web.conversations.open({ users: 'U1', return_im: true });
    expect(again).toMatchObject({ no_op: true, channel: { id: channel?.id, user: 'U1' } });
    const blocks = [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'yes', text: { type: 'plain_text', text: 'Yes' } }],
      },
    ];
    const posted = await web.chat.postMessage({ channel: 'U1', text: 'Was that you?', blocks });
    expect(posted.channel).toBe(channel?.id);
    const [message] = slack.person('U1').directMessages();
    if (message) await slack.person('U1').press(message, 'yes');
    expect(pressed).toEqual(['U1', channel?.id]);
    expect(await web.conversations.info({ channel: posted.channel ?? '' })).toMatchObject({
      channel: { is_im: true, user: 'U1' },
    });
  });

  it('goes to nobody who left, and needs its own scopes', async () => {
    await expect(web.conversations.open({ users: 'U2' })).rejects.toThrow('user_disabled');
    await expect(web.conversations.open({ users: 'U9' })).rejects.toThrow('user_not_found');
    await using poor = await startSlack({ scopes: ['chat:write', 'channels:history'] });
    poor.addPerson({ id: 'U1', name: 'Ana' });
    const { channel = '' } = await clientFor(poor).chat.postMessage({ channel: 'U1', text: 'x' });
    await expect(clientFor(poor).conversations.history({ channel })).rejects.toThrow('missing_scope');
    await expect(clientFor(poor).conversations.open({ users: 'U1' })).rejects.toThrow('missing_scope');
  });
});

it('people are found by their e-mail address', async () => {
  expect(await web.users.lookupByEmail({ email: 'ana@EXAMPLE.com' })).toMatchObject({ user: { id: 'U1' } });
  await expect(web.users.lookupByEmail({ email: 'zoe@example.com' })).rejects.toThrow('users_not_found');
});

describe('messages', () => {
  it('have addresses, and are deleted by who wrote them', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'a' });
    const reply = await web.chat.postMessage({ channel: 'C1', text: 'b', thread_ts: ts });
    const link = await web.chat.getPermalink({ channel: 'C1', message_ts: reply.ts ?? '' });
    expect(link.permalink).toContain(`p${reply.ts?.replace('.', '')}?thread_ts=${ts}`);
    await web.chat.delete({ channel: 'C1', ts });
    expect(slack.messages('C1').map(({ text }) => text)).toEqual(['This message was deleted.', 'b']);
    await expect(web.chat.delete({ channel: 'C1', ts })).rejects.toThrow('cant_delete_message');
    await web.chat.delete({ channel: 'C1', ts: reply.ts ?? '' });
    expect(slack.thread('C1', ts)).toEqual([]);
  });

  it('have bars of colour whose buttons are pressed as in an attachment', async () => {
    let container: unknown;
    await using _app = await boltApp(slack, (app) => {
      app.action('go', async ({ ack, body }) => {
        await ack();
        container = 'container' in body ? body.container : undefined;
      });
    });
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    const attachments = [{ color: '#a30200', blocks: [{ type: 'actions', elements: [button] }] }];
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'x', attachments });
    const [message] = slack.messages('C1');
    if (message) await slack.person('U1').press(message, 'go');
    expect(container).toMatchObject({ type: 'message_attachment', attachment_id: 1, message_ts: ts });
    await web.chat.update({ channel: 'C1', ts, text: 'y' });
    expect(slack.messages('C1')[0]?.attachments).toHaveLength(1);
    await expect(
      web.chat.postMessage({ channel: 'C1', text: 'x', attachments: [{ color: 'mauve', fallback: 'x' }] }),
    ).rejects.toThrow('invalid_blocks');
  });
});

describe('files', () => {
  it('are uploaded into a thread, with title, words and bytes', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'a' });
    const file = Buffer.from('name,at\nbob,1\n');
    const done = await web.filesUploadV2({
      channel_id: 'C1',
      thread_ts: ts,
      file,
      filename: 'names.csv',
      title: 'Names',
      alt_text: 'a list',
      initial_comment: 'All of them',
    });
    const id = done.files[0]?.files?.[0]?.id ?? '';
    expect(slack.thread('C1', ts)).toMatchObject([{ text: 'All of them', files: [id] }]);
    expect(slack.file(id)).toMatchObject({ name: 'names.csv', title: 'Names', altText: 'a list' });
    expect(slack.file(id)?.bytes.equals(file)).toBe(true);
  });

  it('stand in blocks once they are there', async () => {
    const png = Buffer.from('89504e47', 'hex');
    const { upload_url = '', file_id = '' } = await web.files.getUploadURLExternal({
      filename: 'a.png',
      length: png.length,
    });
    const blocks = [{ type: 'image' as const, slack_file: { id: file_id }, alt_text: 'x' }];
    const post = () => web.chat.postMessage({ channel: 'C1', text: 'x', blocks });
    await expect(post()).rejects.toThrow('invalid_blocks');
    await expect(web.files.completeUploadExternal({ files: [{ id: file_id, title: 'x' }] })).rejects.toThrow(
      'file_not_found',
    );
    expect((await fetch(upload_url, { method: 'POST', body: 'too many bytes' })).status).toBe(400);
    expect((await fetch(upload_url, { method: 'POST', body: png })).status).toBe(200);
    await web.files.completeUploadExternal({ files: [{ id: file_id, title: 'x' }] });
    await post();
    const privately = await fetch(new URL(`/files/${file_id}`, slack.apiUrl), {
      headers: { authorization: `Bearer ${slack.botToken}` },
    });
    expect(Buffer.from(await privately.arrayBuffer()).equals(png)).toBe(true);
  });
});
