import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withAnswer } from '../../src/domain/question/evidence.ts';
import type { Question } from '../../src/domain/question.ts';
import type { Change } from '../../src/ports/responses.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { raised } from '../support/alerts.ts';
import { aQuestion } from '../support/questions.ts';
import { ENGINES, type Engine } from './engines.ts';

const ALERT = raised().alert;
const NOW = ALERT.raisedAt;
const change = (key: string, more: Partial<Change> = {}): Change => ({
  entry: { at: NOW, by: { id: 'U0ANA' }, what: 'question-asked', alertId: ALERT.id, facts: {}, key },
  line: true,
  ...more,
});
const asked = (different: Partial<Question> = {}): Question =>
  aQuestion({ alertId: ALERT.id, at: NOW, ...different });

describe.each(Object.entries(ENGINES))('questions on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    await storage.alerts.raise([raised()], []);
  });
  afterEach(() => engine.dispose());

  const answer = (question: Question): Question => ({
    ...question,
    version: question.version + 1,
    answer: { said: 'no', comment: 'not me \0', at: NOW + 1 },
  });

  it('are kept with their message in the conversation, their line, and what is owed', async () => {
    const job = { id: 'question.overdue:1', kind: 'question.overdue', subject: '1', dueAt: NOW + 1 };
    const before = await storage.jobs.due(NOW + 1);
    expect(await storage.questions.open(asked(), change('click', { jobs: [job] }))).toBe('saved');
    expect(await storage.questions.find(asked().id)).toEqual(asked());
    expect(await storage.questions.ofAlert(ALERT.id)).toEqual([asked()]);
    expect(await storage.messages.find(`question:${asked().id}`)).toMatchObject({
      channel: 'D0ALICE',
      wantedVersion: 1,
      drawing: { of: 'question', alertId: ALERT.id, questionId: asked().id },
    });
    const [, entry] = await storage.audit.historyOf(ALERT.id);
    expect(await storage.messages.find(`line:${entry?.sequence}`)).toMatchObject({ channel: 'C0ALERTS' });
    expect(await storage.jobs.due(NOW + 1)).toBe(before + 1);
  });

  it('go out also while the card is not posted yet', async () => {
    await storage.questions.open(asked(), change('click'));
    const claim = { limit: 9, holder: 'h', now: NOW, leaseMs: 60_000 };
    const due = await storage.messages.claim({ ...claim, notPosted: ['C0ALERTS'] });
    expect(due.map(({ id }) => id)).toEqual([`question:${asked().id}`]);
  });

  it('are asked of a person once, by one of many', async () => {
    const replica = await engine.replica(storage);
    const openings = await Promise.all(
      [storage, replica, storage].map(({ questions }, n) =>
        questions.open(asked({ id: `QU-${n}` }), change(`click-${n}`)),
      ),
    );
    expect(openings.toSorted()).toEqual(['moved-on', 'moved-on', 'saved']);
    expect(await storage.questions.open(asked({ id: 'QU-9', to: 'U0OLGA' }), change('other'))).toBe('saved');
    expect(await storage.questions.open(asked({ id: 'QU-8', asked: 'owner' }), change('owner'))).toBe(
      'saved',
    );
    expect(await storage.questions.open(asked({ id: 'QU-7', to: 'U0X' }), change('other'))).toBe('repeated');
    expect(await storage.questions.ofAlert(ALERT.id)).toHaveLength(3);
    expect(await storage.audit.historyOf(ALERT.id)).toHaveLength(4);
  });

  it('take an answer together with the alert that it changes, or not at all', async () => {
    await storage.questions.open(asked(), change('click'));
    const after = answer(asked());
    const alert = withAnswer(ALERT, after, 21);
    const stale = { ...alert, version: 9 };
    expect(await storage.questions.save(after, change('stale'), stale)).toBe('moved-on');
    expect(await storage.questions.find(asked().id)).toEqual(asked());

    const savings = await Promise.all(
      Array.from({ length: 5 }, (__, n) => storage.questions.save(after, change(`send-${n}`), alert)),
    );
    expect(savings.toSorted()).toEqual([...Array(4).fill('moved-on'), 'saved']);
    expect(await storage.questions.save(after, change(`send-${savings.indexOf('saved')}`), alert)).toBe(
      'repeated',
    );
    expect(await storage.questions.find(asked().id)).toEqual(JSON.parse(JSON.stringify(after)));
    expect(await storage.alerts.find(ALERT.id)).toMatchObject({
      riskScore: 51,
      guide: { actor: { evidence: [{ said: 'no' }] } },
    });
    expect((await storage.messages.cardOf(ALERT.id))?.wantedVersion).toBe(2);
    expect((await storage.messages.find(`question:${asked().id}`))?.wantedVersion).toBe(2);
  });

  it('change without the alert, too', async () => {
    await storage.questions.open(asked(), change('click'));
    const overdue = { ...asked(), version: 2, overdueAt: NOW + 9 };
    expect(await storage.questions.save(overdue, change('overdue'))).toBe('saved');
    expect(await storage.questions.find(asked().id)).toEqual(overdue);
    expect((await storage.alerts.find(ALERT.id))?.version).toBe(1);
  });
});
