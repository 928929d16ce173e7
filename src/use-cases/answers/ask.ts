import type { AlertId } from '../../domain/alert.ts';
import type { UserId } from '../../domain/person.ts';
import type { StepKey } from '../../domain/step-answer.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { AnswerStore } from '../../ports/answers.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rule } from '../../rules/rule.ts';
import { isAnswered } from './finders.ts';
import { fetchJob } from './jobs.ts';

interface Needs {
  alerts: AlertStore;
  answers: AnswerStore;
  ruleOf: (id: string) => Rule;
  clock: Clock;
  wake: () => void;
}

/** What somebody wants of the guide's answers, of one step or of all in a phase. */
export type AnswerWish = { alertId: AlertId; by: UserId } & (
  | { do: 'fetch' | 'cancel' | 'details'; step: string }
  | { do: 'fetch-all'; phase: string }
);

/** Why it had no effect; nothing when it had. */
export type AnswerRefusal =
  | 'gone'
  | 'not-a-question'
  | 'under-way'
  | 'nothing-under-way'
  | 'unanswered'
  | 'there';

/** Lets people fetch answers, stop looking them up, and read them in full. Looking something up isn't recorded. */
export const askAnswer =
  ({ alerts, answers, ruleOf, clock, wake }: Needs) =>
  async (wish: AnswerWish): Promise<AnswerRefusal | undefined> => {
    const { alertId, by } = wish;
    const alert = await alerts.find(alertId);
    if (!alert) return 'gone';
    if (alert.cause.is !== 'match') return 'not-a-question';
    const steps = ruleOf(alert.ruleId).guide.filter(({ id }) => isAnswered(id));
    const fetch = async ({ id: step, phase }: { id: string; phase: StepKey['phase'] }): Promise<boolean> => {
      const since = clock.now();
      return answers.ask({ alertId, step, phase }, { since, by }, fetchJob(alertId, step, since));
    };
    try {
      if (wish.do === 'fetch-all') {
        const asked = await Promise.all(steps.filter(({ phase }) => phase === wish.phase).map(fetch));
        return asked.includes(true) ? undefined : 'under-way';
      }
      const step = steps.find(({ id }) => id === wish.step);
      if (!step) return 'not-a-question';
      const key = { alertId, step: step.id, phase: step.phase };
      if (wish.do === 'fetch') return (await fetch(step)) ? undefined : 'under-way';
      if (wish.do === 'cancel') return (await answers.cancel(key)) ? undefined : 'nothing-under-way';
      const detailed = await answers.detail(key);
      return detailed === 'asked' ? undefined : detailed;
    } finally {
      wake();
    }
  };
