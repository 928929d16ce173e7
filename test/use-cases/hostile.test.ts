import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import { chosenConditions, conditionChoices } from '../../src/domain/exception/choices.ts';
import { PHASES } from '../../src/domain/guide.ts';
import { addressesOf } from '../../src/domain/question/addresses.ts';
import { ASKED } from '../../src/domain/question.ts';
import type { StepAnswer } from '../../src/domain/step-answer.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ruleOf } from '../../src/rules/catalogue.ts';
import { iamUserAddedToGroup as rule } from '../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../src/slack/drawn.ts';
import { lookUpAnswer } from '../../src/slack/views/answers/look-up.ts';
import { card } from '../../src/slack/views/card.ts';
import { exceptionCard } from '../../src/slack/views/exception/card.ts';
import { exceptionForm } from '../../src/slack/views/exception/form.ts';
import { exceptionPreview } from '../../src/slack/views/exception/preview.ts';
import { guidePhase } from '../../src/slack/views/guide.ts';
import { questionMessage } from '../../src/slack/views/question/message.ts';
import { answerModal } from '../../src/slack/views/question/modal.ts';
import { stepDetails } from '../../src/slack/views/step-answer.ts';
import { checkMessage, checkView } from '../../src/standins/slack/block-kit.ts';
import { findersWith } from '../../src/use-cases/answers/finders.ts';
import { assessAlert } from '../../src/use-cases/assess/assess.ts';
import { ASSESS_JOB } from '../../src/use-cases/assess/needs.ts';
import { lookUp } from '../../src/use-cases/look-up/look-up.ts';
import type { Wanted } from '../../src/use-cases/look-up/wanted.ts';
import { raiseAlerts } from '../../src/use-cases/raise-alerts.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { anException } from '../support/exceptions.ts';
import {
  endless,
  FATES,
  type Fate,
  hostileFacts,
  hostileReading,
  hostileTrail,
  hostileUser,
  inTurns,
} from '../support/hostile.ts';
import { markupOf, TAGS } from '../support/markup.ts';
import { aQuestion } from '../support/questions.ts';

const NOW = Date.UTC(2026, 10, 24, 3, 30);
const clock = { now: () => NOW };
const still = () => undefined;
const log: Log = { debug: still, info: still, warn: still, error: still };
const signal = new AbortController().signal;
const progress = async (): Promise<void> => undefined;
const FROM = { account: '111122223333', region: 'us-east-1' };

const TEXTS = fc.array(endless, { minLength: 3, maxLength: 7 });

/** Someone names everything, from users to statements of policies, so as to mention, to link, to break out. */
describe('whatever AWS is made to say stays text, from the record and IAM to what is drawn', () => {
  let engine: Engine;
  let storage: Storage;
  beforeAll(async () => {
    engine = await (ENGINES.SQLite?.() ?? Promise.reject(new Error('no SQLite')));
    storage = await engine.open();
  });
  afterAll(() => engine.dispose());

  /** Raised, assessed, stored, and read again. */
  async function alertOf(
    world: ReturnType<typeof worldOf>,
    different: Record<string, unknown>,
  ): Promise<Alert> {
    const { alerts, exceptions, jobs } = storage;
    const raise = raiseAlerts({ alerts, exceptions, clock, rule, redraw: still });
    await raise([hostileReading(world.evil, different)], FROM);
    const found = await alerts.search({ limit: 1, offset: 0, eventId: String(different.eventID) });
    const id = found.alerts[0]?.id ?? '';
    const needs = { alerts, jobs, facts: world.facts, past: world.past, ruleOf, clock, log, wake: still };
    // What fails for a passing reason isn't tried again after so many failures.
    const job = { id: 'j', kind: ASSESS_JOB, subject: id, dueAt: NOW, failures: 99 };
    await assessAlert(needs)(job, signal);
    const alert = await alerts.find(id);
    if (alert?.assessment === undefined) throw new Error('the alert was not assessed');
    return alert;
  }

  function worldOf(texts: readonly string[], fate: Fate) {
    const evil = inTurns(texts);
    return { evil, facts: hostileFacts(evil, fate), ...hostileTrail(evil), regions: ['us-east-1'], clock };
  }

  async function guideOf(world: ReturnType<typeof worldOf>, alert: Alert): Promise<Drawn[]> {
    if (alert.cause.is !== 'match') throw new Error('the record was not read');
    const { event, subject, object } = alert.cause;
    const finderOf = findersWith({ ...world, alerts: storage.alerts });
    const answers: StepAnswer[] = [];
    for (const { id: step } of rule.guide) {
      const answer = await finderOf(step)?.({ alert, event, subject, object, rule }, { signal, progress });
      if (answer) answers.push({ step, answer });
    }
    expect(answers).toHaveLength(13);
    return [
      ...PHASES.map((phase) => guidePhase(alert, rule, phase, { version: 1, answers })),
      ...rule.guide.flatMap((step) => {
        const known = answers.find((one) => one.step === step.id);
        return known ? [stepDetails(step, known, { version: 1 })] : [];
      }),
    ];
  }

  async function lookUpsOf(world: ReturnType<typeof worldOf>, typed: string): Promise<Drawn[]> {
    const { alerts, attempts } = storage;
    const look = lookUp({ ...world, alerts, attempts });
    const all: Wanted[] = ['bob', typed, `arn:aws:iam::1:user/${typed}`].flatMap((text): Wanted[] => [
      { kind: 'user', text },
      { kind: 'group', text },
      { kind: 'actor', text, span: '24h' },
      { kind: 'event', text },
    ]);
    const found = all.map(async (one) => lookUpAnswer(one, await look(one, { signal, progress }), []));
    return Promise.all(found);
  }

  function exceptionOf(alert: Alert, reason: string) {
    const choices = conditionChoices(alert);
    const conditions = chosenConditions(
      choices,
      choices.map(({ choice }) => choice),
    );
    const exception = anException({ conditions, reason });
    const hidden = { alerts: [alert, alert], looked: 2, of: 2 };
    return {
      shown: exceptionCard(exception, { version: 1, approvers: ['U0BEN'] }),
      views: [
        exceptionForm(alert),
        exceptionPreview(exception, hidden, { approvers: ['U0BEN'], carries: 'x' }),
      ],
    };
  }

  function questionsOf(alert: Alert, texts: readonly string[]) {
    const { cause } = alert;
    if (cause.is !== 'match') throw new Error('the record was not read');
    const [user = '', comment = ''] = texts;
    const tagged = { user, tags: { owner: 'eve@example.com', Email: `${user}@example.com` } };
    const questions = ASKED.flatMap((asked) =>
      addressesOf(asked, cause, tagged).map((address) => aQuestion({ asked, ...address })),
    );
    expect(questions.length).toBeGreaterThan(1);
    const answered = questions.map((one) => ({ ...one, answer: { said: 'no', comment, at: NOW } as const }));
    return {
      messages: [...questions, ...answered].map((one) => questionMessage(one, alert, { version: 1 })),
      views: questions.map((one) => answerModal(one, alert, 'unsure')),
    };
  }

  async function drawn(texts: readonly string[], fate: Fate, byUser: boolean) {
    const world = worldOf(texts, fate);
    const unique = `${fate}-${runs++}`;
    const alert = await alertOf(world, {
      eventID: unique,
      requestID: unique,
      ...(byUser && { userIdentity: hostileUser(world.evil) }),
    });
    const exception = exceptionOf(alert, world.evil());
    const questions = questionsOf(alert, texts);
    const companion = { user: world.evil(), alertId: alert.id };
    const companions = { total: 2, shown: [companion, companion] };
    const messages = [
      card(alert, rule, { version: 1, responses: [], revokeSessions: true, companions }),
      ...(await guideOf(world, alert)),
      ...(await lookUpsOf(world, world.evil())),
      ...questions.messages,
      exception.shown,
    ];
    return { messages, views: [...questions.views, ...exception.views] };
  }
  let runs = 0;

  it.each(FATES)('card, guide, question, exception and look-ups, when IAM says: %s', async (fate) => {
    const property = fc.asyncProperty(TEXTS, fc.boolean(), async (texts, byUser) => {
      const { messages, views } = await drawn(texts, fate, byUser);
      for (const one of messages) {
        expect(checkMessage(one)).toEqual([]);
        expect(Buffer.byteLength(one.text)).toBeLessThan(3_900);
        const plain = [one.text, ...(one.attachments ?? []).map(({ fallback }) => fallback)];
        for (const text of plain) expect(text.replace(TAGS, '')).not.toMatch(/[<>]/);
      }
      for (const view of views) expect(checkView(view)).toEqual([]);
      for (const { verbatim, text } of markupOf([messages, views])) {
        expect(verbatim).toBe(true);
        expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
      }
    });
    // The longest there is once escaped, in every field at once.
    const longest = ['&'.repeat(250), '&'.repeat(2_000)];
    const examples = longest.flatMap((one): [string[], boolean][] => [
      [[one], true],
      [[one], false],
    ]);
    await fc.assert(property, { numRuns: 14, examples });
  });
});
