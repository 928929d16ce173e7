import { activityIn } from '../../domain/activity.ts';
import { type Sentence, say, utc } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import { SourceFailure, type Whose } from '../../ports/cloudtrail.ts';
import { besides, summary, tableOf } from '../answers/activity-words.ts';
import { whoseUser } from '../answers/whose.ts';
import { named } from './names.ts';
import type { LookedUp, Looking, LookUpNeeds, Span, Wanted } from './wanted.ts';
import { SPANS } from './wanted.ts';

/** What an actor did lately, by name, ARN or access key. */
export async function lookUpActor(
  needs: LookUpNeeds,
  { text, span, account }: Extract<Wanted, { kind: 'actor' }>,
  { signal, progress }: Looking,
): Promise<LookedUp> {
  const { alerts, attempts, activityOf, clock, regions } = needs;
  const ours = await alerts.search({ actor: text, account, limit: MOST, offset: 0 });
  const refused = (await attempts.ofActor(text, MOST)).attempts.filter(
    ({ event }) => account === undefined || event.account === account,
  );
  const arns = distinctArns([
    ...ours.alerts.flatMap(({ cause }) => (cause.is === 'match' ? cause.event : [])),
    ...refused.map(({ event }) => event),
  ]);
  if (!isArn(text) && !isKey(text) && arns.length > 1) return { is: 'several', arns };
  const meant = await whoIs(needs, text, arns[0], signal);
  const window = { start: clock.now() - SPANS[span], end: clock.now() };
  try {
    const done = await activityOf(meant.whose, window, { signal, progress });
    const isOurs = ours.total + refused.length > 0;
    if (done.events.length === 0 && !isOurs && !meant.known) return meant.unknown();
    const activity = activityIn(done.events, { from: done.from, to: window.end });
    return {
      is: 'found',
      name: text,
      history: { actor: text, account },
      answer: {
        at: clock.now(),
        source: `CloudTrail in ${regions.join(', ')}, ${span}`,
        short: [summary('actor', activity)],
        more: [...besides('actor', activity), ...signIns(activity.signIns.length)],
        table: tableOf([['actor', activity]]),
        missing:
          done.from > window.start
            ? [`too much to read all: nothing is told from before ${utc(done.from)} UTC`]
            : [],
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SourceFailure)) throw error;
    return untold({ text, span, account }, error, clock.now());
  }
}

const MOST = 200;

const isArn = (text: string): boolean => /^arn:/i.test(text);
const isKey = (text: string): boolean => /^A(KIA|SIA)[A-Z0-9]{6,}$/i.test(text);

function distinctArns(events: readonly CloudTrailEvent[]): string[] {
  return [...new Set(events.flatMap(({ actor }) => actor.arn ?? []))].slice(0, 10);
}

interface Meant {
  whose: Whose;
  /** IAM or we know of it, even if it did nothing lately. */
  known: boolean;
  unknown: () => LookedUp;
}

async function whoIs(
  needs: LookUpNeeds,
  text: string,
  arn: string | undefined,
  signal: AbortSignal,
): Promise<Meant> {
  const nobody: Meant['unknown'] = () => ({ is: 'unknown', near: [], missing: [] });
  if (isKey(text)) {
    const key = text.toUpperCase();
    const isTheirs = (event: CloudTrailEvent): boolean => event.actor.accessKeyId === key;
    return { whose: { keys: [key], names: [], isTheirs }, known: false, unknown: nobody };
  }
  const full = isArn(text) ? text : arn;
  if (full !== undefined) return { whose: whoseArn(full), known: false, unknown: nobody };
  const { name, possible, unknown } = await named(needs, 'users', text, signal);
  const keys = possible ? await needs.facts.accessKeys(name, { signal }) : undefined;
  const ids = keys?.is === 'known' ? keys.value.map(({ id }) => id) : [];
  const whose = whoseUser(name, ids);
  // A name may be that of a role's session, too.
  const isTheirs = (event: CloudTrailEvent): boolean =>
    whose.isTheirs(event) || event.actor.human?.name.toLowerCase() === name.toLowerCase();
  return { whose: { ...whose, isTheirs }, known: keys?.is === 'known', unknown };
}

/** By the last part of an ARN, which is a user's name or a session's. */
function whoseArn(arn: string): Whose {
  const last = arn.endsWith(':root') ? 'root' : arn.slice(arn.lastIndexOf('/') + 1);
  return {
    keys: [],
    names: [last],
    isTheirs: ({ actor }) => actor.arn?.toLowerCase() === arn.toLowerCase(),
  };
}

const signIns = (count: number): Sentence[] =>
  count === 0 ? [] : [say`Signed in to the console ${count} times`];

function untold(
  { text, span, account }: { text: string; span: Span; account?: string },
  error: SourceFailure,
  at: number,
): LookedUp {
  const why =
    error.trouble === 'access-denied'
      ? 'not allowed to read CloudTrail: grant cloudtrail:LookupEvents'
      : error.message;
  const short = [say`What it did could not be read`];
  const answer = { at, source: `CloudTrail, ${span}`, short, more: [], missing: [why] };
  return { is: 'found', name: text, history: { actor: text, account }, answer, uncertain: true };
}
