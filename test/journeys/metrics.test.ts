import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import { freePort } from '../support/free-port.ts';
import { startWorld, type World } from '../support/world.ts';

/** What /metrics says, by name and labels as they stand there. */
type Numbers = Record<string, number>;

describe.each(['sqlite', 'postgres'] as const)('/metrics on %s', (database) => {
  let world: World;
  let address: string;
  beforeAll(async () => {
    const httpPort = await freePort();
    address = `http://127.0.0.1:${httpPort}/metrics`;
    world = await startWorld({ database, settings: { httpPort } });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  async function numbers(): Promise<Numbers> {
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
    return Object.fromEntries(
      lines.map((line) => {
        const [, name = '', value] = /^(.+) (\S+)$/.exec(line) ?? [];
        return [name, Number(value)];
      }),
    );
  }

  const until = (expected: (now: Numbers) => void): Promise<void> =>
    vi.waitFor(async () => expected(await numbers()), { timeout: 10_000 });

  it('tells of a quiet watch', async () => {
    await until((now) => {
      expect(now['groupwatch_polls_total{outcome="complete"}']).toBeGreaterThan(0);
      expect(now.groupwatch_lookup_events_calls_total).toBeGreaterThan(0);
      expect(now.groupwatch_last_complete_poll_age_seconds).toBeLessThan(10);
      expect(now).toMatchObject({
        groupwatch_database_up: 1,
        groupwatch_blind_accounts: 0,
        groupwatch_board_queue_messages: 0,
        groupwatch_board_queue_oldest_seconds: 0,
        groupwatch_jobs_due: 0,
        groupwatch_connections_open: 2,
        groupwatch_connections_wanted: 2,
        'groupwatch_alerts{state="open"}': 0,
        'groupwatch_slack_calls_total{method="auth.test",outcome="ok"}': expect.any(Number),
      });
    });
  });

  it('tells of an alert on its way, of a press, and of the work behind it', async () => {
    const { aws, ana, cardOf } = world;
    aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await cardOf('bob');
    await ana.press(card, ACTION.acknowledge);
    await until((now) =>
      expect(now).toMatchObject({
        'groupwatch_alerts_raised_total{severity="low"}': 1,
        'groupwatch_alerts{state="acknowledged"}': 1,
        'groupwatch_alerts_unresolved{state="acknowledged",severity="medium"}': 1,
        groupwatch_aws_delay_seconds_count: 1,
        groupwatch_poll_delay_seconds_count: 1,
        groupwatch_slack_delay_seconds_count: 1,
        'groupwatch_click_seconds_count{act="alert.acknowledge"}': 1,
        'groupwatch_jobs_total{kind="alert.pin",outcome="again"}': 1,
        'groupwatch_slack_calls_total{method="chat.update",outcome="ok"}': expect.any(Number),
      }),
    );
  });

  it('tells of a request', async () => {
    const { ana, slack, cardOf } = world;
    await ana.press(await cardOf('bob'), ACTION.requestDisablement);
    await slack.until(() => ana.view(), 'the form');
    await ana.submit({ reason: 'Key seen in a public repository' });
    await until((now) => expect(now['groupwatch_requests{state="pending"}']).toBe(1));
  });

  it('tells of what Slack refuses and limits, and of what waits meanwhile', async () => {
    const { aws, slack } = world;
    slack.faults.rateLimit('chat.postMessage', 1, 1);
    slack.faults.fail('chat.postMessage', 1, { error: 'restricted_action' });
    slack.faults.dropReply('chat.postMessage', 1);
    aws.addUserToGroup({ user: 'carl', group: 'admins' });
    const calls = (outcome: string) =>
      `groupwatch_slack_calls_total{method="chat.postMessage",outcome="${outcome}"}`;
    await until((now) => {
      expect(now.groupwatch_board_queue_messages).toBeGreaterThan(0);
      expect(now.groupwatch_board_queue_oldest_seconds).toBeGreaterThan(0);
    });
    await until((now) =>
      expect(now).toMatchObject({
        [calls('ratelimited')]: 1,
        [calls('refused')]: 1,
        [calls('lost')]: 1,
        groupwatch_board_queue_messages: 0,
      }),
    );
  });

  it('tells of a watch that is blind', async () => {
    world.aws.faults.deny(true);
    await until((now) =>
      expect(now).toMatchObject({
        groupwatch_blind_accounts: 1,
        'groupwatch_polls_total{outcome="access-denied"}': expect.any(Number),
      }),
    );
    world.aws.faults.deny(false);
    await until((now) => expect(now.groupwatch_blind_accounts).toBe(0));
  });

  it('has nothing in its labels that an outsider could choose, nor an account or a person', async () => {
    const labels = new Set(
      Object.keys(await numbers()).flatMap((name) =>
        [...name.matchAll(/(\w+)="/g)].map(([, label]) => label),
      ),
    );
    expect([...labels].sort()).toEqual(
      ['act', 'kind', 'le', 'method', 'outcome', 'over', 'severity', 'state', 'version'].sort(),
    );
    expect(JSON.stringify(await numbers())).not.toMatch(/bob|carl|admins|U0ANA|111122223333/);
  });
});
