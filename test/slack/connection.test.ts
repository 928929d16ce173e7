import { App, type Logger, LogLevel } from '@slack/bolt';
import { expect, it } from 'vitest';
import { socketConnection } from '../../src/slack/connection.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';

const quiet = () => undefined;
const logger: Logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => LogLevel.ERROR,
  setName: quiet,
};

const APART = 1_000;

it('has two sockets, opened apart, so that Slack does not refresh both at once', async () => {
  await using slack = await startSlack();
  const { appToken, apiUrl: slackApiUrl, botToken: token } = slack;
  const connection = socketConnection({ appToken, slackApiUrl, logger, secondAfterMs: APART, dead: quiet });
  const app = new App({ token, receiver: connection.receiver, logger, clientOptions: { slackApiUrl } });
  try {
    await connection.start(app);
    expect(connection.open()).toEqual({ open: 1, of: 2 });
    await expect.poll(() => connection.open().open, { timeout: 10_000 }).toBe(2);
    expect(slack.openSockets()).toBe(2);
    const [first = 0, second = 0, ...others] = slack.calls
      .filter(({ method }) => method === 'apps.connections.open')
      .map(({ at }) => at);
    expect(others).toEqual([]);
    // A timer may be a millisecond early by the time of day.
    expect(second - first).toBeGreaterThan(APART - 50);
  } finally {
    await connection.stop();
  }
});
