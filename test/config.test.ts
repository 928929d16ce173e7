import { describe, expect, it } from 'vitest';
import { configure } from '../src/config.ts';

const enough = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', ALERT_CHANNEL: 'C0ALERTS' };

const problemsOf = (variables: Record<string, string>): string[] => {
  const configuration = configure(variables);
  return configuration.ok ? [] : configuration.problems;
};

describe('settings', () => {
  it('need three, and default the rest', () => {
    expect(configure(enough)).toEqual({
      ok: true,
      settings: {
        botToken: 'xoxb-test',
        delivery: { is: 'socket', appToken: 'xapp-test' },
        slackApiUrl: undefined,
        channel: 'C0ALERTS',
        responders: [],
        approvers: [],
        pollSchedule: '*/15 * * * * *',
        lookback: 3_600_000,
        databaseUrl: 'file:./data/groupwatch.db',
        awsRegion: 'us-east-1',
        httpPort: 8080,
        httpHost: '127.0.0.1',
        logLevel: 'info',
      },
    });
  });

  it('choose HTTP mode by the signing secret', () => {
    const { SLACK_APP_TOKEN, ...rest } = enough;
    expect(SLACK_APP_TOKEN).toBeDefined();
    expect(configure({ ...rest, SLACK_SIGNING_SECRET: 'a-long-secret', SLACK_PORT: '3100' })).toMatchObject({
      settings: { delivery: { is: 'http', signingSecret: 'a-long-secret', port: 3100 } },
    });
  });

  it('are all told at once when they are wrong, each with what to do', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'xoxp-wrong',
      ALERT_CHANNEL: '#alerts',
      RESPONDERS: 'ana,ben',
      POLL_SCHEDULE: 'often',
      LOOKBACK_MINUTES: 'an hour',
      DATABASE_URL: 'mysql://x',
      HTTP_PORT: '99999',
      LOG_LEVEL: 'loud',
    });
    const first = problems.map((problem) => problem.split(' ')[0]).sort();
    expect(first).toEqual([
      'ALERT_CHANNEL',
      'DATABASE_URL',
      'HTTP_PORT',
      'LOG_LEVEL',
      'LOOKBACK_MINUTES',
      'POLL_SCHEDULE',
      'RESPONDERS',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
    ]);
  });

  it('count as missing when they are empty', () => {
    expect(problemsOf({ ...enough, ALERT_CHANNEL: ' ' })).toEqual([
      'ALERT_CHANNEL is missing: the id of the channel for alerts, C…',
    ]);
  });

  it("take Elastic's own schedule", () => {
    expect(configure({ ...enough, POLL_SCHEDULE: '*/10 * * * *', LOOKBACK_MINUTES: '60' }).ok).toBe(true);
  });

  it('take users and user groups, with spaces and empty places', () => {
    expect(configure({ ...enough, RESPONDERS: ' U0ANA, S0SECURITY ,,W0BEN' })).toMatchObject({
      settings: { responders: ['U0ANA', 'S0SECURITY', 'W0BEN'] },
    });
  });
});
