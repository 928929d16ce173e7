import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { SlackOptions } from '../../../src/standins/slack/types.ts';
import { type SlackStandIn, startSlack } from '../../../src/standins/slack/workspace.ts';
import { boltApp, boltHttpApp } from './bolt.ts';

async function workspace(options: SlackOptions = {}): Promise<SlackStandIn> {
  const slack = await startSlack(options);
  slack.addPerson({ id: 'U1', name: 'Ana' });
  slack.addChannel({ id: 'C1', name: 'one', members: ['U1'] });
  return slack;
}

/** The first lines of a Socket Mode client of our own, to see envelopes as they come. */
async function plainSocket(
  slack: SlackStandIn,
): Promise<{ seen: Record<string, unknown>[]; ack(id: unknown): void }> {
  const web = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl });
  const { url = '' } = await web.apps.connections.open();
  const socket = new WebSocket(url);
  const seen: Record<string, unknown>[] = [];
  socket.addEventListener('message', ({ data }) => seen.push(JSON.parse(String(data))));
  await settled(() => seen.length > 0);
  return { seen, ack: (id) => socket.send(JSON.stringify({ envelope_id: id })) };
}

const settled = (ready: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => void (ready() ? resolve() : setTimeout(look, 5));
    look();
  });

describe('an event', () => {
  it('comes up to three times more until it is acked, the same each time', async () => {
    await using slack = await workspace({ patienceMs: 30, retryEventsMs: [1, 1, 1] });
    const { seen } = await plainSocket(slack);
    const envelopes = () => seen.filter(({ type }) => type === 'events_api');
    expect(await slack.person('U1').openHome()).toMatchObject({ acked: false });
    await settled(() => envelopes().length === 4);
    expect(envelopes().map(({ retry_attempt }) => retry_attempt)).toEqual([0, 1, 2, 3]);
    const ids = envelopes().map(({ payload }) => JSON.stringify(payload));
    expect(new Set(ids).size).toBe(1);
  });

  it('comes once when it is acked', async () => {
    await using slack = await workspace({ retryEventsMs: [1, 1, 1] });
    const { seen, ack } = await plainSocket(slack);
    const sent = slack.sendEvent({ type: 'channel_archive', channel: 'C1' });
    await settled(() => seen.length > 1);
    ack(seen.at(-1)?.envelope_id);
    expect(await sent).toMatchObject({ acked: true });
    expect(seen.filter(({ type }) => type === 'events_api')).toHaveLength(1);
  });

  it('comes over HTTP with number and reason of the retry', async () => {
    const secret = 'a-secret-of-the-tests';
    const http = { url: '', signingSecret: secret };
    await using slack = await workspace({ http, retryEventsMs: [20, 1, 1] });
    const seen: unknown[] = [];
    await using _app = await boltHttpApp(slack, secret, (app) => {
      app.event('app_home_opened', async ({ context, event }) => {
        seen.push(event.user, context.retryNum);
      });
    });
    expect(await slack.person('U1').openHome()).toMatchObject({ acked: true });
    expect(seen).toEqual(['U1', undefined]);
    const { url } = http;
    slack.deliverTo('http://127.0.0.1:1/');
    expect(await slack.person('U1').openHome()).toMatchObject({ acked: false });
    slack.deliverTo(url);
    await settled(() => seen.length === 4);
    expect(seen.slice(2)).toEqual(['U1', 1]);
  });

  it('may be no event: app_rate_limited has none inside', async () => {
    await using slack = await workspace();
    const { seen } = await plainSocket(slack);
    slack.faults.appRateLimited();
    await settled(() => seen.length > 1);
    expect(seen.at(-1)).toMatchObject({ type: 'events_api', payload: { type: 'app_rate_limited' } });
    expect(seen.at(-1)?.payload).not.toHaveProperty('event');
  });
});

describe('a command', () => {
  it('comes late, and the person has been told by then', async () => {
    await using slack = await workspace({ patienceMs: 40 });
    let heard = 0;
    await using _app = await boltApp(slack, (app) => {
      app.command('/x', async ({ ack }) => {
        heard++;
        await ack();
      });
    });
    slack.faults.delay(1, 80);
    const told: unknown[] = [];
    slack.onChange(({ what }) => what && told.push(what));
    expect(await slack.person('U1').command('C1', '/x')).toMatchObject({ error: 'operation_timeout' });
    expect(heard).toBe(0);
    await settled(() => heard === 1);
    expect(told).toEqual(['the app hears of it 80 ms late']);
  });

  it('comes twice', async () => {
    await using slack = await workspace();
    let heard = 0;
    await using _app = await boltApp(slack, (app) => {
      app.command('/x', async ({ ack }) => {
        heard++;
        await ack();
      });
    });
    slack.faults.duplicate(1);
    expect(await slack.person('U1').command('C1', '/x')).toMatchObject({ acked: true });
    await settled(() => heard === 2);
  });
});

describe('a socket', () => {
  it('may wait for its hello, and may linger after its close frame without getting more', async () => {
    await using slack = await workspace({ helloMs: 500, lingerMs: 60_000 });
    const web = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl });
    const { url = '' } = await web.apps.connections.open();
    const socket = new WebSocket(url);
    let closed = false;
    socket.addEventListener('close', () => {
      closed = true;
    });
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    expect(slack.openSockets()).toBe(0);
    await settled(() => slack.openSockets() === 1);
    socket.close();
    await settled(() => slack.openSockets() === 0);
    expect(closed).toBe(false);
    expect(await slack.person('U1').command('C1', '/x')).toMatchObject({ error: 'operation_timeout' });
  });
});

describe('one channel', () => {
  it('is told to wait while others go on', async () => {
    await using slack = await workspace();
    slack.addChannel({ id: 'C2', name: 'two' });
    const web = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
    slack.faults.rateLimitChannel('C1', 1, 7);
    await web.chat.postMessage({ channel: 'C2', text: 'x' });
    await expect(web.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toMatchObject({ retryAfter: 7 });
    await web.chat.postMessage({ channel: 'C1', text: 'x' });
  });
});
