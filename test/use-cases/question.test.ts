import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { take } from '../../src/domain/alert-lifecycle.ts';
import { PATIENCE } from '../../src/domain/question.ts';
import { SourceFailure } from '../../src/ports/cloudtrail.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ruleOf } from '../../src/rules/catalogue.ts';
import { openStorage } from '../../src/storage/open.ts';
import { answerQuestion } from '../../src/use-cases/question/answer.ts';
import { askPerson } from '../../src/use-cases/question/ask.ts';
import type { QuestionNeeds } from '../../src/use-cases/question/needs.ts';
import { sayOverdue } from '../../src/use-cases/question/overdue.ts';
import type { AskResult } from '../../src/use-cases/question/wish.ts';
import { raised } from '../support/alerts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aUser } from '../support/responses.ts';

const SLACK: Record<string, string> = {
  'alice@example.com': 'U0ALICE',
  'olga@example.com': 'U0OLGA',
  'gil@example.com': 'U0GIL',
};

let database: FreshDatabase;
let storage: Storage;
let now: number;
let clicks: number;
let tags: Record<string, string> | SourceFailure | 'gone';
let reads: string[];
let needs: QuestionNeeds;
beforeEach(async () => {
  database = await freshDatabase('sqlite');
  storage = await openStorage(database.url, { channel: 'C0ALERTS' });
  now = raised().alert.raisedAt;
  clicks = 0;
  tags = {};
  reads = [];
  const silent = () => undefined;
  needs = {
    ...storage,
    colleagues: {
      async byEmail(email) {
        const id = SLACK[email.toLowerCase()];
        if (!id) return { is: 'unknown' };
        return id === 'U0GIL' ? { is: 'unfit', id, why: 'A guest.' } : { is: 'fit', id };
      },
      conversationWith: async (id) => `D${id.slice(1)}`,
    },
    reader: {
      async user(name) {
        reads.push(name);
        if (tags instanceof SourceFailure) throw tags;
        return tags === 'gone' ? 'gone' : aUser({ user: name, tags });
      },
    },
    ruleOf,
    clock: { now: () => now },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    wake: silent,
  };
  await storage.alerts.raise([raised()], []);
});
afterEach(async () => {
  await storage.close();
  await database.remove();
});

const alertId = raised().alert.id;
const click = (by: string) => ({ by: { id: by }, key: `click-${clicks++}` });
const ask = (asked: 'actor' | 'owner', by = 'U0ANA', about = alertId) =>
  askPerson(needs)({ alertId: about, asked, ...click(by) });
const questionOf = (result: AskResult) => {
  if (result.is !== 'done') throw new Error(JSON.stringify(result));
  return result.question;
};
const refusalOf = (result: AskResult) => (result.is === 'refused' ? result.refusal : result);

describe('whom a question goes to', () => {
  it('is told by the record where it can, without a call to AWS', async () => {
    expect(questionOf(await ask('actor'))).toMatchObject({
      to: 'U0ALICE',
      conversation: 'D0ALICE',
      where: 'session name',
    });
    expect(reads).toEqual([]);
  });

  it('is told by the tags of the user', async () => {
    tags = { owner: 'olga@example.com' };
    expect(questionOf(await ask('owner'))).toMatchObject({ to: 'U0OLGA', email: 'olga@example.com' });
    expect(reads).toEqual(['bob']);
  });

  it('is nobody where there is no address, or one that nobody has', async () => {
    tags = { owner: 'the platform team' };
    expect(refusalOf(await ask('owner'))).toMatchObject({
      because: 'nobody-found',
      tried: [],
      tagged: 'bob',
    });
    tags = { owner: 'gone@example.com' };
    expect(refusalOf(await ask('owner'))).toMatchObject({ tried: [{ email: 'gone@example.com' }] });
    tags = 'gone';
    expect(refusalOf(await ask('owner'))).toMatchObject({ because: 'nobody-found' });
  });

  it('is nobody where the tags may not be read, and it says which permission is missing', async () => {
    tags = new SourceFailure('access-denied', 'reading the user bob: AccessDenied; grant iam:GetUser');
    expect(refusalOf(await ask('owner'))).toMatchObject({
      because: 'nobody-found',
      unread: expect.stringContaining('grant iam:GetUser'),
    });
  });

  it('is nobody who may not be told', async () => {
    tags = { owner: 'gil@example.com' };
    expect(refusalOf(await ask('owner'))).toEqual({ because: 'unfit', to: 'U0GIL', why: 'A guest.' });
    tags = { owner: 'gil@example.com', email: 'olga@example.com' };
    expect(questionOf(await ask('owner')).to).toBe('U0OLGA');
  });

  it('is nobody for a record that could not be read', async () => {
    const cause = { is: 'unreadable', why: 'no JSON' } as const;
    const alert = { ...raised().alert, id: 'GW-U', eventKey: 'u', cause };
    await storage.alerts.raise([{ raw: '', alert }], []);
    expect(refusalOf(await ask('actor', 'U0ANA', 'GW-U'))).toEqual({ because: 'unreadable' });
    expect(await ask('actor', 'U0ANA', 'GW-NONE')).toEqual({ is: 'gone' });
  });
});

describe('a question', () => {
  it('is asked once by two who press at the same time, and the other is told', async () => {
    const [one, two] = await Promise.all([ask('actor', 'U0ANA'), ask('actor', 'U0BEN')]);
    const results = [one, two].map(({ is }) => is).toSorted();
    expect(results).toEqual(['done', 'refused']);
    expect([one, two].map(refusalOf)).toContainEqual(
      expect.objectContaining({ because: 'already-asked', to: 'U0ALICE' }),
    );
    const last = (await storage.audit.historyOf(alertId)).map(({ what }) => what).toSorted();
    expect(last).toEqual(['question-asked', 'question-not-asked', 'raised']);
  });

  it('is asked once for a click that comes twice, without a word about it', async () => {
    const wish = { alertId, asked: 'actor', ...click('U0ANA') } as const;
    expect((await askPerson(needs)(wish)).is).toBe('done');
    expect((await askPerson(needs)(wish)).is).toBe('repeated');
  });

  it('takes its answer also when the alert moves at that moment', async () => {
    const { id: questionId } = questionOf(await ask('actor'));
    const find = needs.alerts.find;
    let moved = false;
    needs.alerts = {
      async find(id) {
        const alert = await find(id);
        if (!alert || moved) return alert;
        moved = true;
        const act = { do: 'acknowledge' } as const;
        const outcome = take({ ...act, by: 'U0BEN', at: now }, alert);
        if (outcome.ok) await storage.alerts.save(outcome.alert, { act, at: now, key: 'ack' });
        return alert;
      },
    };
    const answer = { questionId, said: 'no', comment: 'not me', ...click('U0ALICE') } as const;
    expect((await answerQuestion(needs)(answer)).is).toBe('done');
    expect((await answerQuestion(needs)(answer)).is).toBe('repeated');
    expect(await storage.alerts.find(alertId)).toMatchObject({
      handling: { is: 'acknowledged' },
      riskScore: 51,
      guide: { actor: { evidence: [{ said: 'no', comment: 'not me' }] } },
    });
  });

  it('is answered by nobody else, and that is on record', async () => {
    const { id: questionId } = questionOf(await ask('actor'));
    const answer = await answerQuestion(needs)({ questionId, said: 'yes', ...click('U0ANA') });
    expect(answer).toEqual({ is: 'refused', refusal: { because: 'not-asked', to: 'U0ALICE' } });
    expect((await storage.audit.historyOf(alertId)).at(-1)).toMatchObject({
      what: 'answer-refused',
      by: { id: 'U0ANA' },
    });
  });

  it('is said to have no answer once, after half an hour, unless there is one', async () => {
    const { id: subject } = questionOf(await ask('actor'));
    const job = { id: '', kind: '', subject, dueAt: now, failures: 0 };
    const run = () => sayOverdue(needs)(job);
    expect(await run()).toEqual({ is: 'again', at: now + PATIENCE });
    now += PATIENCE;
    expect(await run()).toEqual({ is: 'done' });
    expect(await run()).toEqual({ is: 'done' });
    const said = (await storage.audit.historyOf(alertId)).filter(
      ({ what }) => what === 'question-unanswered',
    );
    expect(said).toHaveLength(1);
    const late = { questionId: subject, said: 'unsure', ...click('U0ALICE') } as const;
    expect((await answerQuestion(needs)(late)).is).toBe('done');
  });
});
