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
        activityRegions: [],
        lookback: 3_600_000,
        mentionRespondersOn: 'critical',
        response: {
          mode: 'request',
          responder: undefined,
          protectedPrincipals: [],
          expiry: 3_600_000,
          revokeSessions: false,
        },
        databaseUrl: 'file:./data/groupwatch.db',
        keepFor: 400 * 86_400_000,
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
      RETENTION_DAYS: '30',
      AWS_REGION: 'Frankfurt',
      HTTP_PORT: '99999',
      LOG_LEVEL: 'loud',
      RESPONSE_MODE: 'automatic',
      RESPONDER_ROLE_ARN: 'groupwatch-responder',
      RESPONDER_EXTERNAL_ID: '?',
      PROTECTED_PRINCIPALS: 'break-glass',
      REQUEST_EXPIRY_MINUTES: '0',
      REVOKE_SESSIONS: 'perhaps',
    });
    const first = problems.map((problem) => problem.split(' ')[0]).sort();
    expect(first).toEqual([
      'ALERT_CHANNEL',
      'AWS_REGION',
      'DATABASE_URL',
      'HTTP_PORT',
      'LOG_LEVEL',
      'LOOKBACK_MINUTES',
      'POLL_SCHEDULE',
      'PROTECTED_PRINCIPALS',
      'REQUEST_EXPIRY_MINUTES',
      'RESPONDERS',
      'RESPONDER_EXTERNAL_ID',
      'RESPONDER_ROLE_ARN',
      'RESPONSE_MODE',
      'RETENTION_DAYS',
      'REVOKE_SESSIONS',
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

  const ROLE = 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder';

  it('execute only with a role and its external id', () => {
    const execute = { ...enough, RESPONSE_MODE: 'execute' };
    expect(problemsOf(execute)).toEqual([
      expect.stringMatching(/^RESPONDER_ROLE_ARN is missing: .*iam-policy/),
    ]);
    const problems = problemsOf({ ...execute, RESPONDER_ROLE_ARN: ROLE });
    expect(problems).toEqual([expect.stringMatching(/^RESPONDER_EXTERNAL_ID is missing/)]);
    const complete = { ...execute, RESPONDER_ROLE_ARN: ROLE, RESPONDER_EXTERNAL_ID: 'gw-7f3a' };
    expect(configure(complete)).toMatchObject({
      settings: { response: { mode: 'execute', responder: { roleArn: ROLE, externalId: 'gw-7f3a' } } },
    });
  });

  it.each([
    'arn:aws:iam::111122223333:user/break-glass/*',
    'arn:aws-us-gov:iam::*:role/Admin',
    'arn:aws:iam::111122223333:user/a+b=c,d.e@f-g',
    'arn:aws:iam::111122223333:*',
  ])('protect %s', (arn) => {
    expect(configure({ ...enough, PROTECTED_PRINCIPALS: ` ${arn},,` })).toMatchObject({
      settings: { response: { protectedPrincipals: [arn] } },
    });
    expect(configure({ ...enough, PROTECTED_PRINCIPALS: `${arn} , ${ROLE}` })).toMatchObject({
      settings: { response: { protectedPrincipals: [arn, ROLE] } },
    });
  });

  it.each([
    'alice',
    'arn:aws:iam::1:user/alice',
    'arn:aws:iam::111122223333:group/admins',
    'arn:aws:iam::111122223333:user/?',
  ])('refuse to protect %s, which would protect nobody', (arn) => {
    expect(problemsOf({ ...enough, PROTECTED_PRINCIPALS: arn })).toEqual([
      expect.stringMatching(/^PROTECTED_PRINCIPALS takes ARNs/),
    ]);
  });

  it('switch the revoking of sessions on, and set how long a request waits', () => {
    expect(configure({ ...enough, REVOKE_SESSIONS: 'true', REQUEST_EXPIRY_MINUTES: '15' })).toMatchObject({
      settings: { response: { revokeSessions: true, expiry: 900_000 } },
    });
  });

  it.each([
    'us-east-1',
    'us-gov-west-1',
    'cn-northwest-1',
    'eusc-de-east-1',
    'us-isob-east-1',
    'ap-southeast-7',
  ])('take the Region %s', (AWS_REGION) => {
    expect(configure({ ...enough, AWS_REGION })).toMatchObject({ settings: { awsRegion: AWS_REGION } });
  });
});
