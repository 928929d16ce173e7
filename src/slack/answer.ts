import type { KnownBlock } from '@slack/types';
import type { Alert } from '../domain/alert.ts';
import { DAY, HOUR } from '../domain/time.ts';
import type { AlertQuery } from '../ports/alerts.ts';
import { RULES, ruleOf } from '../rules/catalogue.ts';
import type { Wanted } from '../use-cases/look-up/wanted.ts';
import { findAsked } from './asked.ts';
import type { Desk } from './desk.ts';
import type { Drawn } from './drawn.ts';
import { typedAs, wantedOf } from './listeners/wanted.ts';
import { statsOf } from './stats.ts';
import { alertAnswer } from './views/answers/alert.ts';
import { attemptBlocks, LATEST_ATTEMPTS } from './views/answers/attempts.ts';
import { auditAnswer } from './views/answers/audit.ts';
import { exceptionAnswer, exceptionsAnswer, noSuchException } from './views/answers/exceptions.ts';
import { helpAnswer } from './views/answers/help.ts';
import { listAnswer } from './views/answers/list.ts';
import { responseAnswer, responsesAnswer } from './views/answers/response.ts';
import { ruleAnswer } from './views/answers/rule.ts';
import { runbookAnswer } from './views/answers/runbook.ts';
import { statusAnswer } from './views/answers/status.ts';

/** Even ten names of 128 characters each, escaped, stay within what a message holds. */
const PAGE_SIZE = 5;
/** An entry of the audit log is shorter: what is long in it is clipped. */
const AUDIT_PAGE_SIZE = 10;
/** How much of its history an alert's own answer shows. */
const LATEST = 15;

/** What `/groupwatch <text>` answers, from our own store; `offset` is for the pages of a list. */
export async function answerTo(desk: Desk, text: string, offset: number): Promise<Drawn> {
  const [word = '', ...rest] = asTyped(text).trim().split(/\s+/);
  const argument = rest.join(' ');
  const list = (title: string, search: Partial<AlertQuery>): Promise<Drawn> =>
    listOf(desk, title, text.trim(), search, offset);

  switch (word.toLowerCase()) {
    case 'open':
      return list('Alerts that nobody has resolved', { states: ['open', 'acknowledged'] });
    case 'recent':
      if (argument === '7d')
        return list('Alerts of the last 7 days', { raisedSince: desk.clock.now() - 7 * DAY });
      if (argument !== '' && argument !== '24h') return helpAnswer(`${word} ${argument}`);
      return list('Alerts of the last 24 hours', { raisedSince: desk.clock.now() - 24 * HOUR });
    case 'user':
    case 'group':
    case 'actor':
    case 'event': {
      const wanted = wantedOf(asTyped(text));
      return wanted ? alertsAbout(desk, wanted, list, offset) : helpAnswer();
    }
    case 'alert':
      return argument ? oneAlert(desk, argument) : helpAnswer();
    case 'response':
      return argument ? responseTo(desk, argument.toUpperCase(), offset) : helpAnswer();
    case 'runbook':
      return argument ? runbookOf(desk, argument.toUpperCase(), offset) : helpAnswer();
    case 'audit':
      return argument ? historyOf(desk, argument.toUpperCase(), offset) : helpAnswer();
    case 'exceptions':
      return argument ? exceptionOf(desk, argument.toUpperCase(), offset) : exceptionsOf(desk, offset);
    case 'rule':
      return ruleAnswer(RULES);
    case 'stats':
      return statsOf(desk, argument.toLowerCase());
    case 'status':
      return statusAnswer(await desk.status());
    case '':
    case 'help':
      return helpAnswer();
    default:
      return helpAnswer(word);
  }
}

async function listOf(
  desk: Desk,
  title: string,
  query: string,
  search: Partial<AlertQuery>,
  offset: number,
): Promise<Drawn> {
  const { alerts, total } = await desk.alerts.search({ ...search, limit: PAGE_SIZE, offset });
  const links = await Promise.all(alerts.map(({ id }) => desk.permalinkOf(id)));
  const linkOf = (alert: Alert): string | undefined => links[alerts.indexOf(alert)];
  return listAnswer({ title, alerts, total, offset, pageSize: PAGE_SIZE, query, linkOf });
}

/** What was looked up, in our own alerts alone; on the first page also what AWS has turned down to an actor. */
async function alertsAbout(
  desk: Desk,
  { kind, text: name, account }: Wanted,
  list: (title: string, search: Partial<AlertQuery>) => Promise<Drawn>,
  offset: number,
): Promise<Drawn> {
  switch (kind) {
    case 'user':
      return list(`Alerts about the user ${name}`, { subject: name, account });
    case 'group':
      return list(`Alerts about the group ${name}`, { object: name, account });
    case 'event':
      return list(`Alerts of the event ${name}`, { eventId: name, account });
    case 'actor': {
      const { text, blocks } = await list(`Alerts set off by ${name}`, { actor: name, account });
      return offset > 0 ? { text, blocks } : { text, blocks: [...blocks, ...(await refusedOf(desk, name))] };
    }
  }
}

async function refusedOf({ attempts }: Desk, actor: string): Promise<KnownBlock[]> {
  return attemptBlocks(await attempts.ofActor(actor, LATEST_ATTEMPTS));
}

async function oneAlert(desk: Desk, id: string): Promise<Drawn> {
  const alert = await desk.alerts.find(id.toUpperCase());
  if (!alert)
    return listAnswer({
      title: `The alert ${id}`,
      alerts: [],
      total: 0,
      offset: 0,
      pageSize: 1,
      query: '',
      linkOf: () => undefined,
    });
  const { entries } = await desk.audit.latestOf(alert.id, { limit: LATEST, offset: 0 });
  return alertAnswer(alert, ruleOf(alert.ruleId), {
    history: entries.toReversed(),
    responses: await desk.responses.ofAlert(alert.id),
    permalink: await desk.permalinkOf(alert.id),
    digested: (await desk.messages.cardOf(alert.id))?.wantedVersion === 0,
  });
}

/** One response by its id, or all of an alert. */
async function responseTo(desk: Desk, id: string, page: number): Promise<Drawn> {
  const asked = await findAsked(desk, id);
  return asked
    ? responseAnswer(asked, page, desk)
    : responsesAnswer(id, await desk.responses.ofAlert(id), page);
}

async function runbookOf(desk: Desk, id: string, page: number): Promise<Drawn> {
  const asked = await findAsked(desk, id);
  return asked ? runbookAnswer(asked, page) : responsesAnswer(id, [], 0);
}

/** Also of an alert that is not in the database any more. */
async function historyOf(desk: Desk, alertId: string, offset: number): Promise<Drawn> {
  const pageSize = AUDIT_PAGE_SIZE;
  const { entries, total } = await desk.audit.latestOf(alertId, { limit: pageSize, offset });
  return auditAnswer({ alertId, entries, total, offset, pageSize, query: `audit ${alertId}` });
}

async function exceptionsOf(desk: Desk, offset: number): Promise<Drawn> {
  const pageSize = PAGE_SIZE;
  const page = await desk.exceptions.list({ limit: pageSize, offset });
  return exceptionsAnswer({ ...page, offset, pageSize, query: 'exceptions' });
}

/** One exception, with what it has exempted. */
async function exceptionOf(desk: Desk, id: string, offset: number): Promise<Drawn> {
  const exception = await desk.exceptions.find(id);
  if (!exception) return noSuchException(id);
  const pageSize = PAGE_SIZE;
  const { events, total } = await desk.exceptions.exempted(id, { limit: pageSize, offset });
  return exceptionAnswer({ exception, events, total, offset, pageSize, query: `exceptions ${id}` });
}

/** Slack writes `&`, `<` and `>` of a command's text as entities. */
export function asTyped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * The newest of our own alerts about what was looked up, if there may be any, with buttons that turn to older ones; of an
 * actor what AWS refused to it besides.
 */
export async function historyBlocks(
  desk: Desk,
  wanted: Wanted,
  search: Partial<AlertQuery> | undefined,
): Promise<KnownBlock[]> {
  const query = typedAs({ ...wanted, account: search?.account });
  const alerts = search ? (await listOf(desk, 'Our alerts about it', query, search, 0)).blocks : [];
  return [...alerts, ...(wanted.kind === 'actor' ? await refusedOf(desk, wanted.text) : [])];
}
