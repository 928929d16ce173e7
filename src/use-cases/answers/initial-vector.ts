import { addressOf } from '../../domain/activity.ts';
import { sameName, succeeded } from '../../domain/actor.ts';
import { say, strong, utc, when } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import { DAY, type Instant } from '../../domain/time.ts';
import { EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import type { FindAnswer, FindNeeds } from './finder.ts';
import { type Gaps, gaps } from './gaps.ts';
import { userOf, whoseActor } from './whose.ts';

const SPAN = 7 * DAY;
/** What was first seen so shortly before is new; what came earlier is what is usual. */
const RECENT = 2 * DAY;

interface Sign {
  at: Instant;
  what: string;
  which: string;
}

/** How they may have got in: the earliest new address, sign-in, key or role of the actor in the week before. */
export const findInitialVector =
  ({ activityOf, past, clock, regions }: FindNeeds): FindAnswer =>
  async ({ event }, asked) => {
    const now = clock.now();
    const found = gaps();
    const window = {
      start: Math.max(event.time - SPAN, now - EVENT_HISTORY),
      end: Math.min(event.time, now),
    };
    const done = await activityOf(whoseActor(event.actor), window, asked);
    const user = userOf(event.actor);
    const wish = { since: window.start, notBefore: asked.fresh ? now : event.time };
    const keys = await madeFor(user, found, asked.signal, async () => {
      const { calls } = await past.of('CreateAccessKey', wish, asked.signal);
      return calls.filter((call) => call.time <= event.time);
    });
    const signs = [...signsIn(done.events, event.time), ...keys].sort((a, b) => a.at - b.at);
    const [first] = signs;
    return {
      at: now,
      source: `CloudTrail in ${regions.join(', ')}, 7 days before`,
      short: [
        first
          ? say`The first unusual sign: ${strong(first.what)} ${{ name: first.which }}, ${when(first.at)}`
          : say`Nothing new about the actor in the two days before: no address, sign-in, key or role`,
      ],
      more:
        done.events.length === 0
          ? [say`CloudTrail has nothing else of the actor: its credentials may be new, or used elsewhere`]
          : [],
      table:
        signs.length === 0
          ? undefined
          : {
              columns: ['When (UTC)', 'Sign', 'Which'],
              rows: signs.map(({ at, what, which }) => [utc(at), what, which]),
            },
      missing: [
        ...found.missing,
        ...(done.from > window.start
          ? [`too much to read all: nothing is told from before ${utc(done.from)} UTC`]
          : []),
      ],
    };
  };

async function madeFor(
  user: string | undefined,
  found: Gaps,
  signal: AbortSignal,
  read: () => Promise<CloudTrailEvent[]>,
): Promise<Sign[]> {
  if (user === undefined) return [];
  const calls = (await found.trail('who made access keys', signal, read)) ?? [];
  return calls
    .filter((call) => succeeded(call) && sameName(call.parameters.userName ?? call.actor.name, user))
    .map(({ time, actor }) => ({ at: time, what: 'a new access key, made by', which: actor.name }));
}

/** What the actor's own calls show: what is in the last two days, and wasn't before. */
function signsIn(events: readonly CloudTrailEvent[], until: Instant): Sign[] {
  const ordered = events.toSorted((a, b) => a.time - b.time);
  const since = until - RECENT;
  const firsts = (what: string, of: (event: CloudTrailEvent) => string | undefined): Sign[] => {
    const seen = new Map<string, Instant>();
    for (const event of ordered) {
      const which = of(event);
      if (which !== undefined && !seen.has(which)) seen.set(which, event.time);
    }
    return [...seen].filter(([, at]) => at >= since).map(([which, at]) => ({ at, what, which }));
  };
  return [
    ...firsts('a new address', ({ sourceAddress }) =>
      sourceAddress.is === 'ip' ? addressOf(sourceAddress) : undefined,
    ),
    ...firsts('a new user agent', ({ userAgent }) => userAgent),
    ...ordered
      .filter(({ name, time }) => name === 'ConsoleLogin' && time >= since)
      .map((event) => ({
        at: event.time,
        what: succeeded(event) ? 'a sign-in to the console from' : 'a failed sign-in to the console from',
        which: addressOf(event.sourceAddress),
      })),
    ...firsts('a role taken on', ({ name, parameters }) =>
      name.startsWith('AssumeRole') ? parameters.roleArn : undefined,
    ),
  ];
}
