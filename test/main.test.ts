import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsStandIn, startAws } from '../src/standins/aws/account.ts';
import { type SlackStandIn, startSlack } from '../src/standins/slack/workspace.ts';
import { type Program, startProgram } from './support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'groupwatch-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each test has a database of its own, whichever processes it starts. */
let tests = 0;
beforeEach(() => {
  tests++;
});

/** Also a test that fails leaves no process behind. */
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The program as it is started for real, with no more environment than this. */
function run(env: Record<string, string>, node: string[] = []): Program {
  const program = startProgram('src/main.ts', { env, node });
  const { child } = program;
  running.add(child.once('exit', () => running.delete(child)));
  return program;
}

const start = (env: Record<string, string>): Program['ended'] => run(env).ended;

const settingsFor = (slack: SlackStandIn): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  ALERT_CHANNEL: 'C0ALERTS',
  DATABASE_URL: `file:${join(folder, `groupwatch-${tests}.db`)}`,
  HTTP_PORT: '0',
});

/** Holds a port of this machine. */
async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((taken) => server.listen(0, '127.0.0.1', taken));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
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
  const settings = () => settingsFor(slack);

  it('a wrong token', async () => {
    slack = await startSlack();
    const { status, err } = await start({ ...settings(), SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(err).toContain('Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
    expect(status).toBe(2);
  });

  it('a Slack that has trouble of its own, at whatever moment of the start', async () => {
    slack = await startSlack();
    slack.addChannel({ id: 'C0ALERTS', name: 'alerts', members: [] });
    const error = 'internal_error';
    slack.faults.fail('auth.test', 1, { error });
    const words = 'Slack does not say whose bot token this is (internal_error): start Groupwatch again.';
    expect(await start(settings())).toMatchObject({ status: 2, err: expect.stringContaining(words) });
    slack.faults.hang('conversations.info', 1, 1_000);
    const second = start(settings());
    const isAsked = () => slack.calls.some(({ method }) => method === 'conversations.info');
    await expect.poll(isAsked, { timeout: 15_000 }).toBe(true);
    slack.faults.fail('auth.test', 1, { error });
    expect(await second).toMatchObject({ status: 2, err: expect.stringContaining(words) });
  }, 40_000);

  it('a missing scope', async () => {
    slack = await startSlack({ scopes: ['chat:write', 'commands'] });
    const { err } = await start(settings());
    expect(err).toContain(
      'lacks the bot scopes users:read, users:read.email, usergroups:read, channels:read, channels:history',
    );
  });

  it('a channel that is not there, or that the bot is not in', async () => {
    slack = await startSlack();
    expect((await start(settings())).err).toContain('Slack knows no channel C0ALERTS');
    slack.addChannel({ id: 'C0ALERTS', name: 'alerts', botIsMember: false });
    expect((await start(settings())).err).toContain("The bot isn't in the channel C0ALERTS");
  });
});

describe('a process that runs', () => {
  let slack: SlackStandIn;
  let aws: AwsStandIn;
  beforeEach(async () => {
    slack = await startSlack();
    aws = await startAws();
    slack.addChannel({ id: 'C0ALERTS', name: 'alerts', members: [] });
  });
  afterEach(async () => {
    await slack.close();
    await aws.close();
  });
  const settings = (): Record<string, string> => ({
    ...settingsFor(slack),
    POLL_SCHEDULE: '* * * * * *',
    AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  const watches = (): Promise<void> =>
    expect
      .poll(() => slack.openSockets() > 0 && aws.lookups.length > 0, { timeout: 15_000, interval: 100 })
      .toBe(true);

  it('says what is wrong with the app-level token', async () => {
    const { status, err } = await start({ ...settings(), SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(err).toContain('Slack does not accept SLACK_APP_TOKEN (invalid_auth)');
    expect(status).toBe(2);
  });

  it('says which port it can not have', async () => {
    const { server, port } = await takePort();
    const { status, err } = await start({ ...settings(), HTTP_PORT: String(port) });
    server.close();
    expect(err).toContain(`the port ${port} can't be had (EADDRINUSE)`);
    expect(status).toBe(2);
  });

  it('tells that it is alive and ready, and ends at SIGTERM with 0', async () => {
    const { server, port } = await takePort();
    await new Promise((free) => server.close(free));
    const { child, ended } = run({ ...settings(), HTTP_PORT: String(port) });
    await watches();
    const ask = (path: string): Promise<Response | undefined> =>
      fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    await expect.poll(async () => (await ask('/healthz'))?.status, { timeout: 10_000 }).toBe(200);
    expect(await (await ask('/readyz'))?.json()).toEqual({ ok: true, problems: [] });
    expect(await (await ask('/metrics'))?.text()).toContain('process_resident_memory_bytes');
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
  });

  const cards = (): string[] =>
    slack
      .messages('C0ALERTS')
      .filter(({ thread_ts }) => !thread_ts)
      .flatMap(({ text }) => /`(user-\d)`/.exec(text)?.[1] ?? []);

  it('finishes at SIGTERM what is under way; the next one does the rest, and nothing twice', async () => {
    const { child, ended } = run(settings());
    await watches();
    slack.faults.hang('chat.postMessage', 1, 1_500);
    for (let n = 0; n < 4; n++) aws.addUserToGroup({ user: `user-${n}`, group: 'admins' });
    await expect
      .poll(() => slack.calls.some(({ method }) => method === 'chat.postMessage'), { timeout: 10_000 })
      .toBe(true);
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
    expect(cards()).toHaveLength(1);
    const next = run(settings());
    await slack.until(() => cards().length === 4, 'four cards', 15_000);
    next.child.kill('SIGTERM');
    expect((await next.ended).status).toBe(0);
    expect(cards().sort()).toEqual(['user-0', 'user-1', 'user-2', 'user-3']);
  }, 40_000);

  it('ends at SIGTERM also when Slack does not answer, before whoever stops it loses patience', async () => {
    const { child, ended } = run(settings());
    await watches();
    slack.faults.hang('chat.postMessage', 9, 600_000);
    aws.addUserToGroup({ user: 'user-1', group: 'admins' });
    await expect
      .poll(() => slack.calls.some(({ method }) => method === 'chat.postMessage'), { timeout: 10_000 })
      .toBe(true);
    child.kill('SIGTERM');
    expect((await ended).status).not.toBeNull();
  }, 40_000);

  it('keeps a second one from its SQLite file, and goes on', async () => {
    const { child, ended } = run(settings());
    await watches();
    const { status, err } = await start(settings());
    expect(err).toContain('already: stop that one first');
    expect(status).toBe(2);
    const ana = slack.addPerson({ id: 'U0ANA', name: 'Ana' });
    expect((await ana.command('C0ALERTS', '/groupwatch', 'help')).acked).toBe(true);
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
  });

  it('ends by itself, with the reason, when Slack withdraws the app-level token', async () => {
    const { ended } = run(settings());
    await watches();
    slack.faults.fail('apps.connections.open', 9, { error: 'invalid_auth' });
    slack.faults.disconnect('refresh_requested');
    const { status, out, err } = await ended;
    expect(out).toContain('Groupwatch is broken and ends');
    expect(err).toContain('Groupwatch ends: Slack does not accept SLACK_APP_TOKEN any more (invalid_auth)');
    expect(status).toBe(1);
  });

  it.each(['token_revoked', 'account_inactive'])('ends when Slack says %s to a post', async (error) => {
    const { ended } = run(settings());
    await watches();
    slack.faults.fail('chat.postMessage', 9, { error });
    aws.addUserToGroup({ user: 'bob', group: 'admins', lateMs: 0 });
    const { status, err } = await ended;
    expect(err).toContain(`Groupwatch ends: Slack does not accept SLACK_BOT_TOKEN any more (${error})`);
    expect(status).toBe(1);
  });

  it('reads CONFIG_FILE again on SIGHUP, and outlives one that is broken', async () => {
    const file = join(folder, 'config.yml');
    const account = (name: string) => `accounts:\n  - id: "111122223333"\n    name: ${name}\n`;
    writeFileSync(file, account('before'));
    const { child, ended } = run({ ...settings(), CONFIG_FILE: file });
    const card = (user: string) =>
      slack.until(
        () => slack.messages('C0ALERTS').find(({ text }) => text.includes(`\`${user}\``)),
        user,
        20_000,
      );
    aws.addUserToGroup({ user: 'bob', group: 'admins' });
    expect((await card('bob')).text).toContain('in before');
    writeFileSync(file, 'accounts: many');
    child.kill('SIGHUP');
    await slack.until(
      () => slack.messages('C0ALERTS').find(({ text }) => text.includes('CONFIG_FILE has mistakes')),
      'the notice',
      20_000,
    );
    writeFileSync(file, account('after'));
    child.kill('SIGHUP');
    aws.addUserToGroup({ user: 'carl', group: 'admins' });
    await card('carl');
    child.kill('SIGTERM');
    const { status, out } = await ended;
    expect(status).toBe(0);
    expect(out).toContain('CONFIG_FILE was taken over');
  }, 60_000);

  it('survives an envelope that has no event in it, which kills socket-mode 3.1.0', async () => {
    const ana = slack.addPerson({ id: 'U0ANA', name: 'Ana' });
    const { child, ended } = run(settings());
    await watches();
    slack.faults.appRateLimited();
    expect((await ana.command('C0ALERTS', '/groupwatch', 'help')).acked).toBe(true);
    child.kill('SIGTERM');
    const { status, out } = await ended;
    expect(status).toBe(0);
    expect(out).toContain('an envelope without an event: app_rate_limited');
  });

  it('ends at once when something goes wrong that nobody has foreseen', async () => {
    const boom = 'data:text/javascript,process.on("SIGUSR2", () => Promise.reject(new Error("boom")))';
    const { child, ended } = run(settings(), ['--import', boom]);
    await watches();
    child.kill('SIGUSR2');
    const { status, err } = await ended;
    expect(err).toContain('something went wrong that nobody has foreseen Error: boom');
    expect(status).toBe(1);
  });
});
