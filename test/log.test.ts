import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configure, secretsOf } from '../src/config.ts';
import { makeLog, slackLogger } from '../src/log.ts';
import type { Log } from '../src/ports/log.ts';
import { traced } from '../src/work/trace.ts';

function kept(secrets?: string[]): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const to = { write: (line: string) => void lines.push(line) };
  return { log: makeLog('debug', { terminal: false, secrets, to }), lines };
}

/** What must not be in the log, and where it may come from. */
const SECRETS: [string, string, object][] = [
  ['a bot token', 'xoxb-1234-5678-abcdef', { token: 'xoxb-1234-5678-abcdef' }],
  ['a refreshable token', 'xoxe.xoxp-1-Mi0yLTEw', { error: 'used xoxe.xoxp-1-Mi0yLTEw' }],
  ['an app-level token', 'xapp-1-A0-42-beef', { error: 'xapp-1-A0-42-beef' }],
  ['the id of an access key', 'AKIAEXAMPLE01', { error: 'AKIAEXAMPLE01 is not valid' }],
  ['the id of a session key', 'ASIAEXAMPLE01', { key: 'ASIAEXAMPLE01' }],
  ['a secret key', 'wJalrXUtnFEMIexample', { credentials: { SecretAccessKey: 'wJalrXUtnFEMIexample' } }],
  [
    'a secret key of a file',
    'wJalrXUtnFEMIexample',
    { error: 'aws_secret_access_key = wJalrXUtnFEMIexample' },
  ],
  ['a session token', 'IQoJb3JpZ2luX2Vj', { SessionToken: 'IQoJb3JpZ2luX2Vj' }],
  ['a bearer header', 'abc.def.ghi', { headers: { authorization: 'Bearer abc.def.ghi' } }],
  ['a bearer in a text', 'abcdefgh', { error: 'sent Bearer abcdefgh' }],
  [
    'a signed header',
    'deadbeefdeadbeef',
    { error: 'Authorization: AWS4-HMAC-SHA256 Credential=x, Signature=deadbeefdeadbeef' },
  ],
  ['a response_url', 'T0/B0/zzz', { error: 'POST https://hooks.slack.com/actions/T0/B0/zzz failed' }],
  ['a response_url by its name', 'http://127.0.0.1/r/1', { response_url: 'http://127.0.0.1/r/1' }],
  ['the ticket of a socket', 'zzz-42', { error: 'wss://wss.slack.com/link/?ticket=zzz-42&app_id=A0' }],
  ['the password of a database', 'hunter2', { error: 'postgres://me:hunter2@db/x can not be reached' }],
  ['a presigned address', 'f00f00', { error: 'https://sts.amazonaws.com/?X-Amz-Signature=f00f00&x=1' }],
];

describe('the log', () => {
  it.each(SECRETS)('keeps %s out, and says the rest', (_, secret, facts) => {
    const { log, lines } = kept();
    log.warn({ ...facts, user: 'U0ANA' }, `it failed`);
    slackLogger(log).warn(JSON.stringify(facts), new Error(JSON.stringify(facts)));
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).not.toContain(secret);
      expect(line).toContain('…');
      expect(() => JSON.parse(line)).not.toThrow();
    }
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', user: 'U0ANA', msg: 'it failed' });
  });

  it('keeps out the secrets of the settings wherever they stand, whatever they look like', () => {
    const configuration = configure({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
      ALERT_CHANNEL: 'C0ALERTS',
      DATABASE_URL: 'postgres://me:p%40ssword@db/groupwatch',
    });
    if (!configuration.ok) throw new Error(configuration.problems.join());
    const { log, lines } = kept(secretsOf(configuration.settings));
    log.error({ text: 'at 8f742231b10e8888abcd99yyyzzz85a5.' }, 'the password p@ssword is wrong');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ text: 'at ….', msg: 'the password … is wrong' });
  });

  it.each([
    'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder can be assumed',
    'https://example.slack.com/archives/C0ALERTS/p1700000000000100',
    'iam:DeleteLoginProfile removes the password of bob',
    'job alert.pin:GW-23456789ABCD of U0ANA',
  ])('leaves what is no secret: %s', (text) => {
    const { log, lines } = kept();
    log.info({}, text);
    expect(JSON.parse(lines[0] ?? '').msg).toBe(text);
  });

  it('is readable on a terminal, and keeps secrets out there, too', () => {
    const script = `
      import { makeLog } from './src/log.ts';
      makeLog('info', { terminal: true }).warn({ user: 'U0ANA', token: 'xoxb-1234-5678' }, 'it failed');
    `;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      cwd: resolve(import.meta.dirname, '..'),
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/WARN.*it failed/);
    expect(stdout).toContain('U0ANA');
    expect(stdout).not.toContain('1234-5678');
    expect(stdout).not.toMatch(/^\{/);
  });
});

describe('a trace', () => {
  it('gives every line of a work the same id, and others other ones', async () => {
    const { log, lines } = kept();
    const { log: followed, within } = traced(log);
    followed.info({}, 'outside');
    await Promise.all(
      ['a', 'b'].map((name) =>
        within('click', async () => {
          followed.info({ name }, 'begins');
          await new Promise(setImmediate);
          followed.warn({ name }, 'goes on');
        }),
      ),
    );
    const [outside, ...rest] = lines.map((line) => JSON.parse(line));
    expect(outside.request).toBeUndefined();
    const idsOf = (name: string) => rest.filter((line) => line.name === name).map(({ request }) => request);
    expect(new Set(idsOf('a')).size).toBe(1);
    expect(idsOf('a')[0]).toMatch(/^click-[0-9a-f]{8}$/);
    expect(idsOf('b')).toHaveLength(2);
    expect(idsOf('a')[0]).not.toBe(idsOf('b')[0]);
  });
});
