import type { Alert } from '../../domain/alert.ts';
import type { StepKey } from '../../domain/step-answer.ts';
import { type Instant, SECOND } from '../../domain/time.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { AnswerStore } from '../../ports/answers.ts';
import type { Clock } from '../../ports/clock.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import type { Rule } from '../../rules/rule.ts';
import type { About } from './finder.ts';
import { AT_ONCE, type FinderOf } from './finders.ts';
import { stepOf } from './jobs.ts';

interface Needs {
  alerts: AlertStore;
  answers: AnswerStore;
  finderOf: FinderOf;
  ruleOf: (id: string) => Rule;
  clock: Clock;
  log: Log;
  wake: () => void;
}

/** How often a look-up's progress is shown, at most. */
const SHOW_EVERY = 2 * SECOND;
/** So often in a row a look-up that fails for a passing reason is tried again. */
const TRIES = 3;

/** Looks the answer up that somebody has asked for; shows how far it is, and stops when it isn't wanted any more. */
export const fetchAnswer =
  (needs: Needs) =>
  async ({ subject, failures }: Job, signal: AbortSignal): Promise<Handled> => {
    const { alerts, answers, finderOf, clock, log, wake } = needs;
    const { alertId, step } = stepOf(subject);
    const [alert, known] = [await alerts.find(alertId), await answers.find(alertId, step)];
    const about = alert && aboutOf(alert, needs);
    const key = about && keyOf(about, step);
    const find = finderOf(step);
    if (!about || !key || !find || !known?.asked) return { is: 'done' };
    const { since } = known.asked;
    const unwanted = new AbortController();
    const both = AbortSignal.any([signal, unwanted.signal]);
    // A page may wait long for its turn: who has cancelled doesn't wait for that.
    const looks = setInterval(async () => {
      const now = await answers.find(alertId, step).catch(() => known);
      if (now?.asked?.since !== since) unwanted.abort(new Error('nobody waits for it any more'));
    }, SHOW_EVERY);
    const progress = shown(clock, async (pages) => {
      if (await answers.progress(key, since, pages)) return wake();
      unwanted.abort(new Error('nobody waits for it any more'));
    });
    try {
      const answer = await find(about, { signal: both, progress, fresh: known.answer !== undefined });
      await answers.keep(key, answer, since);
      wake();
    } catch (error) {
      if (unwanted.signal.aborted) return { is: 'done' };
      signal.throwIfAborted();
      const lasting = error instanceof SourceFailure && /access-denied|credentials/.test(error.trouble);
      if (!lasting && failures < TRIES) throw error;
      log.warn({ alert: alertId, step, error }, 'an answer could not be looked up');
      await answers.fail(key, { at: clock.now(), why: whyOf(error) }, since);
      wake();
    } finally {
      clearInterval(looks);
    }
    return { is: 'done' };
  };

/** Finds what a guide shows from the start. What can't be found stays open to be fetched. */
export const firstAnswers =
  (needs: Needs) =>
  async ({ subject: alertId }: Job, signal: AbortSignal): Promise<Handled> => {
    const { alerts, answers, finderOf, log, wake } = needs;
    const alert = await alerts.find(alertId);
    const about = alert && aboutOf(alert, needs);
    if (!about) return { is: 'done' };
    const still = async (): Promise<void> => undefined;
    await Promise.all(
      AT_ONCE.map(async (step) => {
        const key = keyOf(about, step);
        const find = finderOf(step);
        if (!key || !find || (await answers.find(alertId, step))?.answer) return;
        try {
          await answers.keep(key, await find(about, { signal, progress: still, quick: true }));
        } catch (error) {
          signal.throwIfAborted();
          log.warn({ alert: alertId, step, error: String(error) }, 'a first answer could not be found');
        }
      }),
    );
    wake();
    return { is: 'done' };
  };

function aboutOf(alert: Alert, { ruleOf }: Pick<Needs, 'ruleOf'>): About | undefined {
  if (alert.cause.is !== 'match') return undefined;
  const { event, subject, object } = alert.cause;
  return { alert, event, subject, object, rule: ruleOf(alert.ruleId) };
}

function keyOf({ alert, rule }: About, step: string): StepKey | undefined {
  const phase = rule.guide.find(({ id }) => id === step)?.phase;
  return phase && { alertId: alert.id, step, phase };
}

/** Every page counts, and not every one is shown. */
function shown(clock: Clock, show: (pages: number) => Promise<void>): (pages: number) => Promise<void> {
  let last: Instant | undefined;
  return async (pages) => {
    const now = clock.now();
    if (last !== undefined && now - last < SHOW_EVERY) return;
    last = now;
    await show(pages);
  };
}

const whyOf = (error: unknown): string => {
  if (error instanceof SourceFailure && error.trouble === 'access-denied')
    return `not allowed to read CloudTrail: grant cloudtrail:LookupEvents (${error.message})`;
  return error instanceof Error ? error.message : String(error);
};
