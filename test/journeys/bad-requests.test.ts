import { createHmac } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, COMMAND } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { mutated } from '../support/mutated.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const SECRET = 'a-secret-of-the-tests';
const FORM = 'application/x-www-form-urlencoded';

/** What Slack has sent, as it went over the wire. */
interface Sent {
  body: string;
  headers: Record<string, string>;
}

describe('in HTTP mode', () => {
  let world: World;
  let recorder: Server;
  let app: string;
  let card: Message;
  const sent: Sent[] = [];
  let click: Sent | undefined;

  beforeAll(async () => {
    world = await startWorld({ mode: 'http' });
    app = `http://127.0.0.1:${world.app.slackPort}/slack/events`;
    recorder = createServer(async (request, response) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => /^(content-type|x-slack)/.test(name)),
      );
      const one = { body: await textOf(request), headers: JSON.parse(JSON.stringify(headers)) };
      sent.push(one);
      const answer = await fetch(app, { method: 'POST', ...one });
      response.writeHead(answer.status).end(await answer.text());
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const address = recorder.address();
    world.slack.deliverTo(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`);
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
  });
  afterAll(async () => {
    recorder.close();
    await world?.[Symbol.asyncDispose]();
  });

  const now = (): number => Math.floor(Date.now() / 1000);
  const signed = (body: string, { at = now(), secret = SECRET, type = FORM } = {}): Sent => ({
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
    },
  });
  const post = async (one: Sent): Promise<number> => (await fetch(app, { method: 'POST', ...one })).status;
  const lines = (): string[] => world.slack.thread(CHANNEL, card.ts).map(({ text }) => text);
  /** Somebody's command is answered: nothing was broken by what came before. */
  async function works(): Promise<void> {
    const answers = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, COMMAND, 'rule');
    await world.slack.until(() => world.ana.ephemerals().length > answers, 'an answer');
  }

  it('takes a request once: the same again is refused, and has no second effect', async () => {
    await world.ana.press(card, ACTION.acknowledge);
    await world.slack.until(() => lines().some((text) => text.includes('is looking into it')), 'the line');
    click = sent.at(-1);
    expect(click && (await post(click))).toBe(401);
    await works();
    expect(lines().filter((text) => text.includes('is looking into it'))).toHaveLength(1);
    expect(lines().join()).not.toContain('already');
  });

  it.each([
    ['of somebody else', () => signed('payload=x', { secret: 'another secret' })],
    ['that is too old', () => signed('payload=x', { at: now() - 301 })],
    ['from the future', () => signed('payload=x', { at: now() + 302 })],
    ['at no time', () => signed('payload=x', { at: Number.NaN })],
    ['of another body', () => ({ ...signed('payload=x'), body: 'payload=y' })],
    [
      'of another version',
      () => ({ ...signed('x'), headers: { ...signed('x').headers, 'x-slack-signature': 'v1=0' } }),
    ],
    ['that is missing', () => ({ body: 'payload=x', headers: { 'content-type': FORM } })],
    [
      'and a certificate check that carries a payload',
      () => ({ ...signed('ssl_check=1&payload=x', { secret: 'no' }) }),
    ],
  ])('refuses a signature %s', async (_, make) => {
    expect(await post(make())).toBe(401);
  });

  it('lets Slack try the certificate, and does nothing else', async () => {
    expect(await post({ body: 'ssl_check=1&payload={}', headers: { 'content-type': FORM } })).toBe(200);
  });

  it('refuses a body that is larger than what Slack sends, told or untold', async () => {
    expect(await post(signed(`payload=${'x'.repeat(1_000_001)}`))).toBe(413);
    const status = await new Promise<number | string>((resolve) => {
      const { headers } = signed('x');
      const chunked = httpRequest(app, { method: 'POST', headers }, ({ statusCode = 0 }) =>
        resolve(statusCode),
      );
      chunked.on('error', (error) => resolve(String(error)));
      for (let n = 0; n < 20; n++) chunked.write('x'.repeat(100_000));
      chunked.end();
    });
    expect([413, 'Error: write EPIPE', 'Error: read ECONNRESET', 'Error: write ECONNRESET']).toContain(
      status,
    );
    await works();
  });

  it('takes no harm from what Slack signed and nobody expects', async () => {
    const payload: unknown = JSON.parse(new URLSearchParams(click?.body).get('payload') ?? '{}');
    // Each at its own time, since two alike would be a replay.
    const ask = (form: string, n: number): Promise<number> =>
      post(signed(form, { at: now() - 250 + (n % 500) }));
    // All at once: Bolt lets what nobody listens to wait for three seconds.
    await fc.assert(
      fc.asyncProperty(fc.array(mutated(payload), { minLength: 150, maxLength: 150 }), async (strange) => {
        const forms = strange.map((one) => new URLSearchParams({ payload: JSON.stringify(one) }).toString());
        const answers = await Promise.all(forms.map(ask));
        expect(answers.filter((status) => ![200, 400, 401, 404, 500].includes(status))).toEqual([]);
      }),
      { numRuns: 2, endOnFailure: true },
    );
    const nonsense = ['{', 'payload={', 'payload=null', 'payload="x"', 'payload=5'];
    expect(await Promise.all(nonsense.map(ask))).toEqual([404, 400, 400, 400, 400]);
    const json = (body: string, n: number) => post(signed(body, { at: now() - n, type: 'application/json' }));
    expect(await Promise.all(['null', '5', '{', ''].map(json))).toEqual([400, 400, 400, 400]);
    await works();
  });

  it('takes no harm from ten thousand bad requests', async () => {
    const before = { calls: world.slack.calls.length, lines: lines().length };
    const kinds = [
      () => signed('payload=x', { secret: 'guess' }),
      () => signed('payload=x', { at: now() - 4_000 }),
      () => ({ body: 'x'.repeat(2_000), headers: { 'content-type': FORM } }),
      () => ({
        body: '{"broken',
        headers: { 'content-type': 'application/json', 'x-slack-signature': 'v0=' },
      }),
    ];
    const answers = new Map<number, number>();
    const some = async (from: number): Promise<void> => {
      for (let n = from; n < 10_000; n += 50) {
        const make = kinds[n % kinds.length];
        const status = make ? await post(make()) : 0;
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, from) => some(from)));
    expect([...answers]).toEqual([[401, 10_000]]);
    expect({ calls: world.slack.calls.length, lines: lines().length }).toEqual(before);
    await works();
  }, 60_000);
});
