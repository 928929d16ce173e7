import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SlackStandIn, startSlack } from '../src/standins/slack/workspace.ts';

const root = resolve(import.meta.dirname, '..');

/** The program as it is started for real, with no more environment than this. */
function start(env: Record<string, string>): Promise<{ status: number | null; err: string; out: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
  });
  let err = '';
  let out = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.on('data', (data) => {
    out += data;
  });
  return new Promise((done) => child.on('close', (status) => done({ status, err, out })));
}

it('lists every setting that is missing, points to the demo, and ends with 2', async () => {
  const { status, err } = await start({});
  expect(status).toBe(2);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'ALERT_CHANNEL'])
    expect(err).toContain(`- ${name} `);
  expect(err).toContain('npm run demo');
});

describe('what a person must mend in Slack is a plain sentence', () => {
  let slack: SlackStandIn;
  afterEach(() => slack.close());
  const settings = (): Record<string, string> => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ALERT_CHANNEL: 'C0ALERTS',
    DATABASE_URL: `file:${join(tmpdir(), `groupwatch-main-${process.pid}.db`)}`,
    HTTP_PORT: '0',
  });

  it('a wrong token', async () => {
    slack = await startSlack();
    const { status, err } = await start({ ...settings(), SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(err).toContain('Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
    expect(status).toBe(2);
  });

  it('a missing scope', async () => {
    slack = await startSlack({ scopes: ['chat:write', 'commands'] });
    const { err } = await start(settings());
    expect(err).toContain(
      'lacks the bot scopes users:read, usergroups:read, channels:read, channels:history',
    );
  });

  it('a channel that is not there, or that the bot is not in', async () => {
    slack = await startSlack();
    expect((await start(settings())).err).toContain('Slack knows no channel C0ALERTS');
    slack.addChannel({ id: 'C0ALERTS', name: 'alerts', botIsMember: false });
    expect((await start(settings())).err).toContain("The bot isn't in the channel C0ALERTS");
  });
});
