import { addressOf } from '../../domain/activity.ts';
import { sameActor, sameName, succeeded } from '../../domain/actor.ts';
import { say, strong, utc } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import { DAY } from '../../domain/time.ts';
import { EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import type { FindAnswer, FindNeeds } from './finder.ts';

/** What makes a user, or lets one sign in. */
const CALLS = ['CreateUser', 'CreateLoginProfile', 'CreateAccessKey'];
const SPAN = 7 * DAY;

/** Whether actor or added user have made users, passwords or keys, a week before and after. */
export const findNewUsers =
  ({ past, clock }: FindNeeds): FindAnswer =>
  async ({ event, subject }, { fresh, signal }) => {
    const now = clock.now();
    const wish = {
      since: Math.max(event.time - SPAN, now - EVENT_HISTORY),
      // What came after the addition matters most.
      notBefore: fresh ? now : Math.min(now, event.time + SPAN),
    };
    const pages = await Promise.all(CALLS.map((name) => past.of(name, wish, signal)));
    const theirs = pages
      .flatMap(({ calls }) => calls)
      .filter((call) => succeeded(call) && Math.abs(call.time - event.time) <= SPAN)
      .filter((call) => sameActor(call.actor, event.actor) || isBy(call, subject))
      .sort((a, b) => a.time - b.time);
    const users = new Set(theirs.map(targetOf));
    return {
      at: Math.min(...pages.map(({ at }) => at)),
      source: 'CloudTrail, 7 days before and after',
      short: [
        theirs.length === 0
          ? say`Neither actor nor added user has made a user, a password or a key`
          : say`${strong(theirs.length)} times a user, a password or a key was made, for ${users.size} users`,
      ],
      more: [],
      table:
        theirs.length === 0
          ? undefined
          : {
              columns: ['When (UTC)', 'Call', 'For', 'By', 'From'],
              rows: theirs.map((call) => [
                utc(call.time),
                call.name,
                targetOf(call),
                call.actor.human?.name ?? call.actor.name,
                addressOf(call.sourceAddress),
              ]),
            },
      missing: [],
    };
  };

const isBy = ({ actor }: CloudTrailEvent, user: string | undefined): boolean =>
  actor.type === 'IAMUser' && sameName(actor.name, user);

/** Without a name in the request it is for who calls. */
const targetOf = ({ parameters, actor }: CloudTrailEvent): string => parameters.userName ?? actor.name;
