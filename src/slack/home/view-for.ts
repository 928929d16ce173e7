import type { HomeView } from '@slack/types';
import type { AlertId } from '../../domain/alert.ts';
import { DAY } from '../../domain/time.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExceptionStore } from '../../ports/exceptions.ts';
import type { ResponseStore } from '../../ports/responses.ts';
import { makeReport } from '../../use-cases/report.ts';
import { findAsked } from '../asked.ts';
import type { May, Presser } from '../people.ts';
import type { PermalinkOf } from '../permalink.ts';
import type { Mrkdwn } from '../text.ts';
import type { Status } from '../views/answers/status.ts';
import { closedHome, homeView } from '../views/home/home.ts';
import { EXCEPTIONS, type HomeOf, MINE, PAGE_SIZE, REQUESTS } from '../views/home/home-of.ts';
import { noHome } from '../views/refusal.ts';

interface Needs {
  alerts: AlertStore;
  responses: ResponseStore;
  exceptions: ExceptionStore;
  mayRespond: May;
  mayApprove: May;
  permalinkOf: PermalinkOf;
  status: () => Promise<Status>;
  clock: Clock;
}

/** What the numbers there are of. */
const DAYS = 30 * DAY;

/** What one person sees on the Home tab; `said` is what came of their last press there. */
export type ViewFor = (person: Presser, about: { page: number; said?: Mrkdwn }) => Promise<HomeView>;

/** Who may not respond sees no alerts; what they may approve, they see. */
export const viewFor =
  (needs: Needs): ViewFor =>
  async (person, about) => {
    const denial = await needs.mayRespond(person);
    if (!denial) return homeView(await gather(needs, person, about));
    const requests = await requestsFor(needs, person);
    return closedHome(noHome(denial), requests, await linksOf(needs, alertsOf(requests)));
  };

/** From our own store; a page beyond the last one is the last. */
async function gather(
  needs: Needs,
  person: Presser,
  { page: asked, said }: { page: number; said?: Mrkdwn },
): Promise<HomeOf> {
  const { alerts, status, clock } = needs;
  const now = clock.now();
  const counts = await alerts.countUnresolved();
  const nobodys = Object.values(counts).reduce((sum, { open }) => sum + open, 0);
  const page = Math.max(0, Math.min(asked, Math.ceil(nobodys / PAGE_SIZE) - 1));
  const [open, mine, requests, health, report] = await Promise.all([
    alerts.worklist({ states: ['open'], limit: PAGE_SIZE, offset: page * PAGE_SIZE }),
    alerts.worklist({ takenBy: person.id, limit: MINE, offset: 0 }),
    requestsFor(needs, person),
    status(),
    makeReport(needs, { from: now - DAYS, to: now }),
  ]);
  const shown = [...open.alerts, ...mine.alerts].map(({ id }) => id);
  const linkOf = await linksOf(needs, [...shown, ...alertsOf(requests)]);
  const { numbers } = report;
  return { said, status: health, open, page, counts, mine, requests, numbers, linkOf };
}

const alertsOf = (requests: HomeOf['requests']): AlertId[] => [
  ...(requests?.asked ?? []).map(({ request }) => request.alertId),
  ...(requests?.exceptions ?? []).map(({ alertId }) => alertId),
];

async function linksOf({ permalinkOf }: Needs, ids: readonly AlertId[]): Promise<HomeOf['linkOf']> {
  const links = new Map<AlertId, string | undefined>();
  for (const id of new Set(ids)) links.set(id, await permalinkOf(id));
  return ({ id }) => links.get(id);
}

/** More than anybody will find there. */
const MOST = 100;

/** Asks Slack whether they may approve only when there is something to decide; nobody approves what they asked for. */
async function requestsFor(
  { responses, exceptions, mayApprove, clock }: Needs,
  person: Presser,
): Promise<HomeOf['requests']> {
  const now = clock.now();
  const [asked, exempt] = [await responses.pending(now, MOST), await exceptions.pending(now, MOST)];
  const total = asked.total + exempt.total;
  if (total === 0 || (await mayApprove(person)) !== undefined) return undefined;
  const others = asked.requests.filter(({ by }) => by !== person.id);
  const exempting = exempt.exceptions.filter(({ by }) => by !== person.id);
  const own = asked.requests.length - others.length + exempt.exceptions.length - exempting.length;
  const shown = await Promise.all(others.slice(0, REQUESTS).map(({ id }) => findAsked({ responses }, id)));
  return {
    asked: shown.filter((one) => one !== undefined),
    exceptions: exempting.slice(0, EXCEPTIONS),
    total: total - own,
  };
}
