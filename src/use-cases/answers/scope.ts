import { type Activity, activityIn } from '../../domain/activity.ts';
import { utc } from '../../domain/answer.ts';
import { DAY } from '../../domain/time.ts';
import { type Done, EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import { besides, summary, tableOf } from './activity-words.ts';
import type { About, FindAnswer, FindNeeds } from './finder.ts';
import { userOf, whoseActor, whoseUser } from './whose.ts';

/** What actor and added user touched in a day before and after, with a picture of it by the hour. */
export const findScope =
  ({ facts, activityOf, clock, regions }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const now = clock.now();
    const window = {
      start: Math.max(event.time - DAY, now - EVENT_HISTORY),
      end: Math.min(event.time + DAY, now),
    };
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

function pictureOf({ alert, event }: About, { hours, events }: Activity) {
  if (events === 0) return undefined;
  return { title: `Calls by hour and service around ${alert.id}`, marked: event.time, hours };
}

function partial(actor: Done, user: Done | undefined, start: number): string[] {
  const from = Math.max(actor.from, user?.from ?? 0);
  return from > start ? [`too much to read all: nothing is told from before ${utc(from)} UTC`] : [];
}
