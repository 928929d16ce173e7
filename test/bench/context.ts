import { setTimeout as sleep } from 'node:timers/promises';
import { roleSession } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { startWorld, type World } from '../support/world.ts';
import type { Figure } from './figure.ts';

const ALERTS = 100;
const REST = 700;
const MINUTE = 60_000;
const MONTH = 30 * 24 * 60 * MINUTE;

/**
 * How soon an alert is in Slack and how soon its facts are on it, with Slack's and AWS's own pace, and how many calls to
 * AWS it costs. As in earnest, CloudTrail tells of what was a minute ago. Only the first alert gets more severe: every
 * other would take two messages, where Slack takes one a second.
 */
export async function context(): Promise<Figure[]> {
  // Two accounts, since polls every second leave nothing of the quota when each has more than one page.
  const [one, other] = [await accountOf(ALERTS / 2), await accountOf(ALERTS / 2)];
  const times = [...one.times, ...other.times];
  return [
    figure(
      'poll to card, p95',
      times.map(({ card }) => card),
    ),
    figure(
      'poll to facts on the card, p95',
      times.map(({ facts }) => facts),
    ),
    {
      name: 'AWS calls of an alert with nothing cached',
      value: one.times[0]?.calls ?? Number.NaN,
      unit: 'calls',
      comparison: 'the same when all is cached, calls',
      against: one.again.calls,
    },
  ];
}

async function accountOf(alerts: number): Promise<{ times: Measured[]; again: Measured }> {
  await using world = await startWorld({
    // A poll takes one of AWS's two look-ups a second here, and the other is what Groupwatch takes for everything else.
    lookupsPerSecond: 2,
    postEveryMs: 1_000,
    prepare(_, aws) {
      for (let n = 0; n < 10; n++)
        aws.given.group({
          name: `group-${n}`,
          attached: [n === 0 ? 'AdministratorAccess' : 'AmazonS3ReadOnlyAccess'],
        });
      // The last is found first: whoever adds often has done so lately.
      for (let n = alerts - 1; n >= 0; n--) {
        aws.given.user({ name: `user-${n}` });
        aws.addUserToGroup({ user: 'old', group: 'old', by: actor(n), at: new Date(Date.now() - MONTH) });
      }
    },
  });
  const first = await alertOf(world, 0);
  const again = await alertOf(world, 0);
  const times = [first];
  for (let n = 1; n < alerts; n++) {
    // So that none waits for the second that Slack wants between two messages.
    await sleep(REST);
    times.push(await alertOf(world, n));
  }
  return { times, again };
}

const actor = (n: number) => roleSession('Admin', `person-${n}`, { mfa: true });

interface Measured {
  /** Milliseconds from the poll that found it. */
  card: number;
  facts: number;
  /** Calls to AWS beside the polls. */
  calls: number;
}

async function alertOf(world: World, n: number): Promise<Measured> {
  const { aws, slack } = world;
  const began = Date.now();
  const before = aws.calls.length;
  const known = new Set(slack.messages('C0ALERTS').map(({ ts }) => ts));
  aws.addUserToGroup({
    user: `user-${n}`,
    group: `group-${n === 0 ? 0 : (n % 9) + 1}`,
    by: actor(n),
    at: new Date(began - MINUTE),
  });
  const isNew = ({ ts, thread_ts }: Message): boolean => !thread_ts && !known.has(ts);
  const card = await slack.until(() => slack.messages('C0ALERTS').find(isNew), 'the card', 30_000);
  const shownAt = Date.now();
  await slack.until(() => JSON.stringify(card.blocks).includes('of 100*'), 'the facts', 30_000);
  const readAt = Date.now();
  const poll = aws.lookups.find(({ at, input }) => at >= began && isPoll(input));
  const calls = aws.calls
    .slice(before)
    .filter(({ name, parameters }) => name !== 'sts:GetCallerIdentity' && !isPoll({ ...parameters }));
  const found = poll?.at ?? Number.NaN;
  return { card: shownAt - found, facts: readAt - found, calls: calls.length };
}

/** A poll looks back an hour; what is looked up about an actor goes further. */
function isPoll({ LookupAttributes, StartTime }: Record<string, unknown>): boolean {
  const recent = typeof StartTime === 'number' && StartTime > Date.now() / 1_000 - 2 * 3_600;
  return recent && JSON.stringify(LookupAttributes).includes('AddUserToGroup');
}

function figure(name: string, times: readonly number[]): Figure {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return {
    name,
    value: at(0.95),
    unit: 'ms',
    comparison: 'median of the same alerts, ms',
    against: at(0.5),
  };
}
