import { type Activity, activityIn, type Seen } from '../../domain/activity.ts';
import { listed, type Sentence, say, strong, utc, when } from '../../domain/answer.ts';
import { DAY } from '../../domain/time.ts';
import type { Done } from '../../ports.ts';
import type { About, FindAnswer, FindNeeds } from './finder.ts';
import { KEPT } from './finder.ts';
import { userOf, whoseActor, whoseUser } from './whose.ts';

/** What actor and added user touched in a day before and after, with a picture of it by the hour. */
export const findScope =
  ({ facts, activityOf, clock, regions }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const now = clock.now();
    const window = { start: Math.max(event.time - DAY, now - KEPT), end: Math.min(event.time + DAY, now) };
    const actor = await activityOf(whoseActor(event.actor), window, asked);
    const user = subject !== undefined && subject !== userOf(event.actor) ? subject : undefined;
    const keys = user === undefined ? undefined : await facts.accessKeys(user, { signal: asked.signal });
    const ids = keys?.is === 'known' ? keys.value.map(({ id }) => id) : [];
    const progress = (pages: number): Promise<void> => asked.progress(actor.pages + pages);
    const theirs =
      user === undefined
        ? undefined
        : await activityOf(whoseUser(user, ids), window, { signal: asked.signal, progress });
    const all = together(actor, theirs, window);
    const activities: [string, Activity][] = [
      ['actor', activityIn(actor.events, { from: actor.from, to: window.end })],
      ...(theirs
        ? [['user', activityIn(theirs.events, { from: theirs.from, to: window.end })] as [string, Activity]]
        : []),
    ];
    return {
      at: now,
      source: `CloudTrail in ${regions.join(', ')}, a day before and after`,
      short: activities.map(([who, activity]) => summary(who, activity)),
      more: activities.flatMap(([who, activity]) => besides(who, activity)),
      table: tableOf(activities),
      picture: pictureOf(about, all),
      missing: partial(actor, theirs, window.start),
    };
  };

function together(actor: Done, user: Done | undefined, window: { start: number; end: number }): Activity {
  const events = new Map([...actor.events, ...(user?.events ?? [])].map((one) => [one.key, one]));
  return activityIn([...events.values()], { from: window.start, to: window.end });
}

function summary(who: string, { events, writes, failures, services, addresses }: Activity): Sentence {
  if (events === 0) return say`The ${who}: nothing recorded`;
  return [
    ...say`The ${who}: ${strong(events)} calls, ${writes} that write, ${failures} failed; services `,
    ...listed(
      services.map(({ name }) => name),
      4,
    ),
    ...say`; ${addresses.length} addresses`,
  ];
}

function besides(who: string, { regions, addresses, first, last, made, assumed }: Activity): Sentence[] {
  if (first === undefined || last === undefined) return [];
  return [
    [
      ...say`The ${who}, seen from ${when(first)} to ${when(last)}, in `,
      ...listed(regions.map(({ name }) => name)),
    ],
    [
      ...say`From `,
      ...listed(
        addresses.map(({ name }) => name),
        8,
      ),
    ],
    ...(made.length > 0
      ? [
          [
            ...say`Made: `,
            ...listed(
              made.map(({ call, name }) => `${call} ${name ?? ''}`),
              8,
            ),
          ],
        ]
      : []),
    ...(assumed.length > 0
      ? [
          [
            ...say`Roles taken on: `,
            ...listed(
              assumed.map(({ role }) => role),
              8,
            ),
          ],
        ]
      : []),
  ];
}

function tableOf(activities: readonly [string, Activity][]) {
  const rowsOf = (who: string, what: string, list: readonly Seen[]): string[][] =>
    list.map(({ name, count, first, last }) => [who, what, name, String(count), utc(first), utc(last)]);
  const rows = activities.flatMap(([who, { writeCalls, failedCalls, services, addresses }]) => [
    ...rowsOf(who, 'write', writeCalls),
    ...rowsOf(who, 'failed', failedCalls),
    ...rowsOf(who, 'service', services),
    ...rowsOf(who, 'address', addresses),
  ]);
  if (rows.length === 0) return undefined;
  return { columns: ['Who', 'What', 'Which', 'Times', 'First (UTC)', 'Last (UTC)'], rows };
}

function pictureOf({ alert, event }: About, { hours, events }: Activity) {
  if (events === 0) return undefined;
  return { title: `Calls by hour and service around ${alert.id}`, marked: event.time, hours };
}

function partial(actor: Done, user: Done | undefined, start: number): string[] {
  const from = Math.max(actor.from, user?.from ?? 0);
  return from > start ? [`too much to read all: nothing is told from before ${utc(from)} UTC`] : [];
}
