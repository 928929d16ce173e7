import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { UserId } from '../../domain/person.ts';
import type { HomeStore } from '../../ports/homes.ts';
import type { Log } from '../../ports/log.ts';
import type { Presser } from '../people.ts';
import type { Mrkdwn } from '../text.ts';
import type { ViewFor } from './view-for.ts';

/** The Home tabs of all who have opened theirs. */
export interface Homes {
  /** Draws it from now on; `hash` is that of the view that Slack has. Never throws. */
  open(person: Presser, hash?: string): Promise<void>;
  /** Draws it anew for who has ever opened it; `said` is what came of a press there. Never throws. */
  redraw(person: Presser, said?: Mrkdwn): Promise<void>;
  /** The next drawing shows this page. */
  turn(id: UserId, page: number): Promise<void>;
}

interface Needs {
  web: WebClient;
  homes: HomeStore;
  viewFor: ViewFor;
  log: Log;
}

const ATTEMPTS = 3;

/**
 * One drawing a person at a time, and after it at most one more with what is new by then, however much they press.
 * Slack refuses a view that was made over another than the present one; it is then made anew.
 */
export function homes({ web, homes: store, viewFor, log }: Needs): Homes {
  const under = new Map<UserId, Promise<void>>();
  const waiting = new Map<UserId, { said?: Mrkdwn; done: Promise<void> }>();

  async function draw(person: Presser, said?: Mrkdwn): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = await store.find(person.id);
      if (!known) return;
      const view = await viewFor(person, { page: known.page, said });
      // At last over whatever there is: a hash that nobody could store would be wrong for ever.
      const over = known.hash !== undefined && attempt < ATTEMPTS ? { hash: known.hash } : {};
      try {
        const { view: shown } = await web.views.publish({ user_id: person.id, view, ...over });
        return await store.shown(person.id, shown?.hash);
      } catch (error) {
        if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'hash_conflict') throw error;
      }
    }
  }

  /** What is said to the person isn't lost when another drawing comes between. */
  function redraw(person: Presser, said?: Mrkdwn): Promise<void> {
    const { id } = person;
    const next = waiting.get(id);
    if (next) {
      next.said = said ?? next.said;
      return next.done;
    }
    const before = under.get(id);
    const mine: { said?: Mrkdwn; done: Promise<void> } = { said, done: Promise.resolve() };
    const done = (async () => {
      if (before) {
        waiting.set(id, mine);
        await before;
        waiting.delete(id);
      }
      await draw(person, mine.said);
    })()
      .catch((error) => log.warn({ user: id, error: String(error) }, trouble(error)))
      .finally(() => {
        if (under.get(id) === done) under.delete(id);
      });
    mine.done = done;
    under.set(id, done);
    return done;
  }

  return {
    redraw,
    turn: (id, page) => store.turn(id, page),
    async open(person, hash) {
      try {
        await store.opened(person.id, hash);
      } catch (error) {
        log.error({ user: person.id, error: String(error) }, 'who opened the Home tab could not be stored');
        return;
      }
      await redraw(person);
    },
  };
}

function trouble(error: unknown): string {
  return error instanceof WebAPIPlatformError && error.data.error === 'not_enabled'
    ? 'the Slack app has no Home tab: update it from manifest.yml'
    : 'a Home tab could not be drawn';
}
