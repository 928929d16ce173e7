import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import { type Page as Served, servePage } from '../../src/standins/page/serve.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { barriers } from './axe.ts';
import { launch } from './chromium.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const CAST = [
  { id: 'U1', name: 'Ana', role: 'responder' },
  { id: 'U2', name: 'Ben', role: 'approver' },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

let slack: SlackStandIn;
let aws: AwsStandIn;
let served: Served;
let web: WebClient;
async function open(port = 0): Promise<void> {
  slack = await startSlack({ enforceRate: false });
  aws = await startAws();
  for (const { id, name } of CAST) slack.addPerson({ id, name });
  slack.addChannel({ id: 'C1', name: 'alerts', members: ['U1', 'U2'] });
  slack.addChannel({ id: 'C2', name: 'quiet', members: ['U1'], isPrivate: true });
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const tour = [
    { title: 'First', text: 'x', target: ['.entry'], done: { words: 'it has come' } },
    { title: 'Second', text: 'y', as: 'U2' },
  ];
  const command = { name: '/groupwatch', hints: [{ words: 'open', about: 'x' }] };
  const staging = { story: 'A story.', first: 'Press it.', cast: CAST, tour, channel: 'C1', command };
  served = await servePage({ slack, aws, scenes: {}, staging, port });
}
async function close(): Promise<void> {
  await served.close();
  await slack.close();
  await aws.close();
}
const looking: Page[] = [];
async function look(as = 'U1'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
  page.setDefaultTimeout(10_000);
  looking.push(page);
  await page.goto(`${served.url}?as=${as}`);
  await page.locator('body.ready').waitFor();
  return page;
}
afterEach(async () => {
  for (const page of looking.splice(0)) await page.close();
  await close();
});

/** An app that does what a test says, over a socket. */
async function app(listen: (app: App) => void): Promise<AsyncDisposable> {
  const options = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: options },
  });
  const bolt = new App({ token: slack.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions: options });
  listen(bolt);
  await bolt.start();
  await slack.until(() => slack.openSockets() > 0);
  return { [Symbol.asyncDispose]: () => receiver.client.disconnect() };
}

const asking = (blocks: KnownBlock[]) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Send'),
  blocks,
});
const typed = (id: string) => ({
  type: 'input' as const,
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input' as const, action_id: id },
});
const button = (id: string, more: object = {}) => ({
  type: 'button' as const,
  action_id: id,
  text: plain(id),
  ...more,
});

describe('the page', () => {
  it('shows the same to two people in two tabs, and to each what is theirs', async () => {
    await open();
    const [ana, ben] = [await look('U1'), await look('U2')];
    await web.chat.postMessage({ channel: 'C1', text: 'for all' });
    await web.chat.postEphemeral({ channel: 'C1', user: 'U2', text: 'for Ben' });
    await ben.locator('.conversation').getByText('for Ben', { exact: true }).waitFor();
    await ana.locator('.conversation').getByText('for all', { exact: true }).waitFor();
    expect(await ana.locator('.conversation').getByText('for Ben', { exact: true }).count()).toBe(0);
    expect(await ana.getByRole('button', { name: 'quiet' }).count()).toBe(1);
    expect(await ben.getByRole('button', { name: 'quiet' }).count()).toBe(0);
    await ben.locator('#me').click();
    await ben.getByRole('menuitem', { name: 'Ana' }).click();
    await ben.getByRole('button', { name: 'quiet' }).waitFor();
    expect(await ben.locator('.conversation').getByText('for Ben', { exact: true }).count()).toBe(0);
    expect(new URL(ben.url()).searchParams.get('as')).toBe('U1');
  });

  it('comes back after a restart, with what there is then', async () => {
    await open();
    const page = await look();
    await web.chat.postMessage({ channel: 'C1', text: 'before' });
    await page.locator('.conversation').getByText('before', { exact: true }).waitFor();
    const port = Number(new URL(served.url).port);
    await close();
    await page.getByText('Demo stopped').waitFor();
    await open(port);
    await web.chat.postMessage({ channel: 'C1', text: 'after' });
    await page.locator('.conversation').getByText('after', { exact: true }).waitFor();
    expect(await page.locator('.conversation').getByText('before', { exact: true }).count()).toBe(0);
  });

  it('shows trouble that it is told to make, when it comes', async () => {
    await open();
    const page = await look();
    await page.getByText('Make trouble').click();
    await page.locator('[data-trouble="slack-429"]').click();
    await web.chat.postMessage({ channel: 'C1', text: 'late' });
    await page.locator('.incidents').getByText('429 to chat.postMessage').first().waitFor();
    await page.locator('[data-trouble="slack-cut"]').click();
    await page.locator('.incidents').getByText('sockets are cut').waitFor();
    await page.getByText('App not connected').waitFor();
  });

  it('marks what is new elsewhere, and shows direct messages', async () => {
    await open();
    const page = await look();
    await web.chat.postMessage({
      channel: 'U1',
      text: 'Was that you?',
      blocks: [{ type: 'actions', elements: [button('yes')] }],
    });
    await page.getByLabel('1 new').waitFor();
    await page.locator('.sidebar').getByRole('button', { name: 'Groupwatch' }).click();
    await page.getByRole('button', { name: 'yes' }).waitFor();
    expect(await page.getByLabel('1 new').count()).toBe(0);
  });

  it('leads through the tour, which goes on by itself and can be left', async () => {
    await open();
    const page = await look();
    await page.getByRole('button', { name: 'Take the tour' }).click();
    await page.getByRole('heading', { name: 'First' }).waitFor();
    await page.locator('.ring').waitFor();
    await web.chat.postMessage({ channel: 'C1', text: 'it has come' });
    await page.getByRole('heading', { name: 'Second' }).waitFor();
    await page.getByRole('button', { name: 'Become Ben' }).click();
    await page.locator('#me', { hasText: 'Ben' }).waitFor();
    await page.getByRole('button', { name: 'Leave the tour' }).click();
    expect(await page.getByRole('heading', { name: 'Second' }).count()).toBe(0);
  });

  it('answers nobody but itself', async () => {
    await open();
    const post = (headers: Record<string, string>) =>
      fetch(new URL('/act', served.url), {
        method: 'POST',
        headers,
        body: '{"do":"close","as":"U1","all":true}',
      });
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(404);
    expect((await post({ 'content-type': 'application/json', origin: 'https://evil.example' })).status).toBe(
      404,
    );
    expect((await post({ 'content-type': 'application/json' })).status).toBe(200);
    expect((await fetch(new URL('/browser/..%2fserve.ts', served.url))).status).toBe(404);
    expect(
      (await fetch(new URL('/browser/json.ts', served.url))).headers.get('content-security-policy'),
    ).toContain("script-src 'self'");
  });
});

describe('what is drawn can be used', () => {
  it('modals: Slack’s own checks, the app’s errors, what was typed kept over an update, and one on top', async () => {
    await open();
    const sent: unknown[] = [];
    await using _app = await app((bolt) => {
      bolt.action('open', async ({ ack, body, client }) => {
        await ack();
        const blocks = [
          typed('name'),
          { type: 'actions' as const, elements: [button('more'), button('push')] },
        ];
        if ('trigger_id' in body)
          await client.views.open({ trigger_id: body.trigger_id, view: asking(blocks) });
      });
      bolt.action('more', async ({ ack, body, client }) => {
        await ack();
        if ('view' in body)
          await client.views.update({
            view_id: body.view?.id ?? '',
            view: asking([typed('name'), typed('why')]),
          });
      });
      bolt.view('form', async ({ ack, view }) => {
        sent.push(view.state.values);
        await (sent.length === 1
          ? ack({ response_action: 'errors', errors: { why: 'Say more, please' } })
          : ack({ response_action: 'clear' }));
      });
    });
    await web.chat.postMessage({
      channel: 'C1',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('open')] }],
    });
    const page = await look();
    await page.locator('[data-action="open"]').click();
    const name = page.getByRole('textbox', { name: 'name' });
    await name.waitFor();
    await page.getByRole('button', { name: 'Send' }).last().click();
    await page.getByText('This must be filled in.').waitFor();
    await name.fill('Bob');
    await page.locator('[data-action="more"]').click();
    await page.getByRole('textbox', { name: 'why' }).fill('because');
    expect(await name.inputValue()).toBe('Bob');
    await page.locator('dialog .primary').click();
    await page.getByText('Say more, please').waitFor();
    await page.locator('dialog .primary').click();
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject({ name: { name: { value: 'Bob' } }, why: { why: { value: 'because' } } });
  });

  it('menus, boxes, dates, people and confirm dialogs, in a message and in Home', async () => {
    await open();
    const option = (value: string) => ({ text: plain(value), value });
    const pressed: unknown[] = [];
    const elements = [
      button('sure', {
        style: 'danger',
        confirm: {
          title: plain('Sure?'),
          text: plain('It goes.'),
          confirm: plain('Go'),
          deny: plain('Stay'),
        },
      }),
      {
        type: 'static_select',
        action_id: 'menu',
        placeholder: plain('Menu'),
        options: [option('a'), option('b')],
      },
      { type: 'users_select', action_id: 'who', placeholder: plain('Who') },
      { type: 'checkboxes', action_id: 'boxes', options: [option('c'), option('d')] },
      { type: 'datepicker', action_id: 'day', placeholder: plain('Day') },
      { type: 'overflow', action_id: 'dots', options: [option('e'), option('f')] },
    ];
    const blocks = [{ type: 'actions', elements }];
    await using _app = await app((bolt) => {
      bolt.action(/.*/, async ({ ack, action }) => {
        await ack();
        if (action.type === 'button') pressed.push('sure');
        else if (action.type === 'static_select' || action.type === 'overflow')
          pressed.push(action.selected_option?.value);
        else if (action.type === 'users_select') pressed.push(action.selected_user);
        else if (action.type === 'checkboxes')
          pressed.push(action.selected_options.map(({ value }) => value));
        else if (action.type === 'datepicker') pressed.push(action.selected_date);
      });
      bolt.event('app_home_opened', async ({ event, client }) => {
        const view = JSON.stringify({ type: 'home', blocks });
        await client.apiCall('views.publish', { user_id: event.user, view });
      });
    });
    await web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks: JSON.stringify(blocks) });
    const page = await look();

    async function useAll(): Promise<void> {
      const within = page.locator('.conversation');
      await within.getByRole('button', { name: 'sure' }).click();
      await page.getByRole('button', { name: 'Stay' }).click();
      await within.getByRole('button', { name: 'sure' }).click();
      await page.getByRole('button', { name: 'Go' }).click();
      await expect.poll(() => pressed).toContain('sure');
      await within.locator('select[data-action="menu"]').selectOption('b');
      await within.locator('select[data-action="who"]').selectOption({ label: 'Ben' });
      await within.getByLabel('c', { exact: true }).check();
      await within.getByLabel('d', { exact: true }).check();
      await within.locator('input[type="date"]').fill('2026-11-24');
      await within.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'f' }).click();
    }
    const all = ['sure', 'b', 'U2', ['c'], ['c', 'd'], '2026-11-24', 'f'];
    await useAll();
    await expect.poll(() => pressed).toEqual(all);
    await page.locator('.sidebar').getByRole('button', { name: 'Groupwatch' }).click();
    await page.locator('.home [data-action="menu"]').waitFor();
    pressed.length = 0;
    await useAll();
    await expect.poll(() => pressed).toEqual(all);
    expect(await barriers(page)).toEqual([]);
  });

  it('files: a picture with its words, and what can be fetched', async () => {
    await open();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const page = await look();
    await web.filesUploadV2({
      channel_id: 'C1',
      file: png,
      filename: 'timeline.png',
      title: 'Timeline',
      alt_text: 'Events by hour',
    });
    await web.filesUploadV2({
      channel_id: 'C1',
      file: Buffer.from('a,b\n'),
      filename: 'names.csv',
      title: 'Names',
    });
    const picture = page.getByRole('img', { name: 'Events by hour' });
    await picture.waitFor();
    const width = 'document.querySelector("img[alt=\'Events by hour\']").naturalWidth';
    await expect.poll(() => page.evaluate(width)).toBe(1);
    expect(await page.getByRole('link', { name: 'Names' }).getAttribute('download')).toBe('names.csv');
  });

  it('says it when the app does not answer in time', async () => {
    await open();
    await web.chat.postMessage({
      channel: 'C1',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('go')] }],
    });
    const page = await look();
    await page.getByRole('button', { name: 'go' }).click();
    await page.getByText("didn't answer in time").waitFor();
  });
});
