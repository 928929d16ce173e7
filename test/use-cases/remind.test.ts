import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/alert-lifecycle.ts';
import type { Escalation } from '../../src/domain/escalation.ts';
import type { Severity } from '../../src/domain/severity.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import type { AssessDeed } from '../../src/ports/alerts.ts';
import type { AuditEntry } from '../../src/ports/audit.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ruleOf } from '../../src/rules/catalogue.ts';
import { answerQuestion } from '../../src/use-cases/question/answer.ts';
import { owingReminders, REMIND_JOB, remind } from '../../src/use-cases/remind.ts';
import { takeStep } from '../../src/use-cases/take-step.ts';
import { wakeAlerts } from '../../src/use-cases/wake-alerts.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { raised } from '../support/alerts.ts';
import { attemptAt } from '../support/attempts.ts';
import { ageLeases } from '../support/leases.ts';
import { aQuestion } from '../support/questions.ts';

const quiet = () => undefined;
const unused = () => Promise.reject(new Error('nobody is looked for here'));
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const RAISED = raised().alert.raisedAt;
const { id } = raised().alert;
const plan: Escalation = {
  after: { critical: 5 * MINUTE, high: 15 * MINUTE },
  atMost: 3,
  responders: ['U0ANA', 'U0BEN'],
  next: ['S0LEADS'],
};

describe.each(Object.entries(ENGINES))('reminders on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let now = RAISED;
  let clicks = 0;
  const clock = { now: () => now };
  const owing = (of: Storage): Storage => owingReminders(of, plan);
  beforeEach(async () => {
    engine = await start();
    storage = owing(await engine.open());
    now = RAISED;
  });
  afterEach(() => engine.dispose());

  async function raise(severity: Severity = 'critical', shown = true): Promise<void> {
    const one = raised();
    await storage.alerts.raise([{ ...one, alert: { ...one.alert, severity } }], []);
    if (shown) await show();
  }
  async function show(): Promise<void> {
    const [card] = await storage.messages.claim({ limit: 1, holder: 'board', now, leaseMs: MINUTE });
    const at = { channel: 'C0ALERTS', ts: '1.000001', version: 1, at: now };
    if (card) await storage.messages.shown(card.id, 'board', at);
  }
  const step = (act: Act, by = 'U0ANA') =>
    takeStep({ ...storage, clock, redraw: quiet })({ alertId: id, act, by: { id: by }, key: `c${clicks++}` });

  /** What a worker does when it finds a job due. */
  async function work(of: Storage = storage, holder = 'one'): Promise<void> {
    const { jobs } = of;
    const due = await jobs.claim({ kinds: [REMIND_JOB], limit: 9, holder, now, leaseMs: MINUTE });
    for (const job of due) {
      const handled = await remind({ ...of, plan, clock, wake: quiet })(job);
      if (handled.is === 'done') await jobs.finish(job.id, holder);
      else await jobs.later(job.id, holder, { dueAt: handled.at });
    }
  }
  /** Lets the time pass in steps of a worker's round; gives the minutes at which it called, and whom. */
  async function pass(span: number): Promise<[number, unknown][]> {
    const end = now + span;
    const before = (await reminders()).length;
    for (; now < end; now += MINUTE) await work();
    return (await reminders())
      .slice(before)
      .map(({ at, facts }) => [(at - RAISED) / MINUTE, facts.everyone ? 'everyone' : facts.to]);
  }
  const reminders = async (): Promise<AuditEntry[]> =>
    (await storage.audit.historyOf(id)).filter(({ what }) => what === 'remind');

  it('begin when somebody who was asked says No, and for a run of refused attempts', async () => {
    await raise('low');
    expect(await pass(HOUR)).toEqual([]);
    const question = aQuestion({ alertId: id, at: now });
    const entry = { at: now, what: 'question-asked', facts: {} };
    await storage.questions.open(question, { entry, line: false });
    const answer = answerQuestion({
      ...storage,
      ruleOf,
      clock,
      log,
      wake: quiet,
      colleagues: { byEmail: unused, conversationWith: unused },
      reader: { user: unused },
    });
    await answer({ questionId: question.id, said: 'no', by: { id: question.to }, key: 'no' });
    expect((await storage.alerts.find(id))?.severity).toBe('high');
    expect(await pass(MINUTE)).toHaveLength(1);

    await storage.alerts.raise([], [attemptAt(0)]);
    const run = raised({ eventID: 'run', requestID: 'run' });
    const critical = { ...run, alert: { ...run.alert, raisedAt: now, severity: 'critical' as const } };
    const [account, actor] = ['111122223333', 'arn:aws:iam::111122223333:user/trudy'];
    await storage.attempts.count({ account, actor }, MINUTE, (near) => [{ run: near, raised: critical }]);
    const claim = { kinds: [REMIND_JOB], limit: 9, holder: 'h', now: now + HOUR, leaseMs: MINUTE };
    expect((await storage.jobs.claim(claim)).map(({ subject }) => subject)).toContain(run.alert.id);
  });

  it('call everyone in turn, each on record and as a line, and end', async () => {
    await raise();
    expect(await pass(HOUR / 2)).toEqual([
      [5, ['U0ANA', 'U0BEN']],
      [10, ['S0LEADS']],
      [15, 'everyone'],
    ]);
    const [first] = await reminders();
    expect(first).toMatchObject({ by: undefined, from: 'open', to: 'open', facts: { number: 1, of: 3 } });
    expect(await storage.messages.find(`line:${first?.sequence}`)).toBeDefined();
    expect(await storage.jobs.due(Number.MAX_SAFE_INTEGER)).toBe(1); // only that of pinning
  });

  it('come once, however many replicas find them due', async () => {
    await raise();
    const other = owing(await engine.replica(storage));
    now = RAISED + 5 * MINUTE;
    await Promise.all([work(storage, 'one'), work(other, 'two')]);
    await Promise.all([work(storage, 'one'), work(other, 'two')]);
    expect(await reminders()).toHaveLength(1);
  });

  it('have one effect when a replica is killed after it and the job is done again', async () => {
    await raise();
    now = RAISED + 5 * MINUTE;
    const claim = { kinds: [REMIND_JOB], limit: 1, holder: 'killed', now, leaseMs: MINUTE };
    const [job] = await storage.jobs.claim(claim);
    if (!job) throw new Error('no reminder is due');
    await remind({ ...storage, plan, clock, wake: quiet })(job);
    await ageLeases(engine.url, MINUTE + 1);
    await work();
    expect(await reminders()).toHaveLength(1);
    expect(await pass(6 * MINUTE)).toHaveLength(1);
  });

  it('end when somebody takes the alert', async () => {
    await raise();
    await pass(6 * MINUTE);
    await step({ do: 'acknowledge' });
    expect(await pass(HOUR / 3)).toEqual([]);
  });

  it('wait for the end of a snooze', async () => {
    await raise();
    await step({ do: 'snooze', until: RAISED + HOUR });
    expect(await pass(HOUR)).toEqual([]);
    await wakeAlerts({ alerts: storage.alerts, clock, log, redraw: quiet })();
    expect((await pass(11 * MINUTE)).map(([at]) => at)).toEqual([65, 70]);
  });

  it('begin anew after a reopening, without whoever dealt with it', async () => {
    await raise();
    await pass(HOUR);
    await step({ do: 'resolve', verdict: 'benign', note: 'ticket' }, 'U0BEN');
    await step({ do: 'reopen' }, 'U0CLEO');
    expect(await pass(6 * MINUTE)).toEqual([[65, ['U0ANA']]]);
  });

  it('begin when the severity rises, without a word about it to the one who raises it', async () => {
    await raise('low');
    expect(await pass(HOUR)).toEqual([]);
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('gone');
    const act: AssessDeed = { do: 'assess', score: 90, severity: 'critical', before: 'low', factors: [] };
    const risen = { ...alert, severity: 'critical' as const, version: alert.version + 1 };
    await storage.alerts.save(risen, { act, at: now, key: 'risen', line: false });
    expect((await pass(6 * MINUTE)).map(([at]) => at)).toEqual([60, 65]);
  });

  it('wait until people can see the alert', async () => {
    await raise('critical', false);
    expect(await pass(HOUR)).toEqual([]);
    await show();
    expect((await pass(7 * MINUTE)).map(([at]) => at)).toEqual([65]);
  });
});
