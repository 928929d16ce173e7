import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From what people notice as at once to what they give up at; Slack gives up at 3 s. Seconds. */
const CLICKS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];
/** From a fast Slack to a CloudTrail that is hours late. Seconds. */
const DELAYS = [1, 2, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600];

/**
 * Every metric of our own, once. Labels take values of fixed lists only, never an account, a person or a name, so that
 * their number is bounded. `deploy/` reads these names: a test holds both together.
 */
export function instruments(registry: Registry) {
  const registers = [registry];
  const count = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `groupwatch_${name}_total`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `groupwatch_${name}`, help, labelNames, registers });
  const seconds = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ) => new Histogram({ name: `groupwatch_${name}_seconds`, help, buckets, labelNames, registers });
  return {
    info: gauge('info', 'Always 1; the label has the version.', 'version'),
    databaseUp: gauge(
      'database_up',
      '1 when the database answered within 2 s; without it, what it knows is left out.',
    ),

    raised: count('alerts_raised', 'Alerts raised by this process.', 'severity'),
    alerts: gauge('alerts', 'Alerts in the database.', 'state'),
    unresolved: gauge('alerts_unresolved', 'Alerts that nobody has resolved.', 'state', 'severity'),

    polls: count('polls', 'Polls of CloudTrail: complete, or why not.', 'outcome'),
    pollAge: gauge(
      'last_complete_poll_age_seconds',
      'Since the last complete poll began; of several accounts, the longest.',
    ),
    sweepAge: gauge(
      'last_complete_sweep_age_seconds',
      'Since the last complete look for late events began, over 24 hours and 14 days; of several accounts, the longest.',
      'over',
    ),
    lookups: count(
      'lookup_events_calls',
      'Calls of LookupEvents; AWS allows two a second, account and Region.',
    ),
    blind: gauge('blind_accounts', 'Accounts that the channel was told are not being watched.'),
    awsDelay: seconds('aws_delay', 'From an event to the last poll that did not show it yet.', DELAYS),
    pollDelay: seconds('poll_delay', 'From there to its alert.', DELAYS),

    queue: gauge('board_queue_messages', 'Messages that Slack does not show as they should be.'),
    queueAge: gauge(
      'board_queue_oldest_seconds',
      'For how long this process has seen the oldest of them wait.',
    ),
    slackDelay: seconds('slack_delay', 'From an alert to its card in Slack.', DELAYS),
    slackCalls: count('slack_calls', 'Calls of the Web API.', 'method', 'outcome'),
    sockets: gauge('connections_open', 'Connections that Slack can send clicks over.'),
    socketsWanted: gauge('connections_wanted', 'How many there should be.'),
    clicks: seconds('click', 'From a click, form or command to its last answer.', CLICKS, 'act'),

    jobsDue: gauge('jobs_due', 'Jobs that are due and not done.'),
    jobs: count('jobs', 'Jobs that were tried: done, again (as planned) or failed.', 'kind', 'outcome'),
    requests: gauge('requests', 'Response requests in the database.', 'state'),
  };
}

export type Instruments = ReturnType<typeof instruments>;
