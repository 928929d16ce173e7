import { describe, expect, it } from 'vitest';
import { addressesOf, taggedUser } from '../../src/domain/question/addresses.ts';
import { withAnswer } from '../../src/domain/question/evidence.ts';
import { answered, isOverdue, PATIENCE } from '../../src/domain/question.ts';
import { alertWith } from '../support/alerts.ts';
import { aQuestion } from '../support/questions.ts';

describe('a question', () => {
  it('is answered by the person asked, once', () => {
    const question = aQuestion();
    const theirs = { by: 'U0ALICE', said: 'no', comment: 'I was asleep', at: 5 } as const;
    const outcome = answered(question, theirs);
    if (!outcome.ok) throw new Error(outcome.refusal.because);
    expect(outcome.question).toMatchObject({
      version: 2,
      answer: { said: 'no', comment: 'I was asleep', at: 5 },
    });
    expect(answered(question, { ...theirs, by: 'U0ANA' })).toEqual({
      ok: false,
      refusal: { because: 'not-asked', to: 'U0ALICE' },
    });
    expect(answered(outcome.question, { ...theirs, said: 'yes' })).toEqual({
      ok: false,
      refusal: { because: 'already-answered', at: 5 },
    });
  });

  it('is overdue after half an hour without an answer, and that is said once', () => {
    expect(isOverdue(aQuestion(), PATIENCE - 1)).toBe(false);
    expect(isOverdue(aQuestion(), PATIENCE)).toBe(true);
    expect(isOverdue(aQuestion({ overdueAt: PATIENCE }), 2 * PATIENCE)).toBe(false);
    expect(isOverdue(aQuestion({ answer: { said: 'yes', at: 1 } }), PATIENCE)).toBe(false);
  });
});

const causeOf = (record: Record<string, unknown> = {}) => {
  const { cause } = alertWith({}, record);
  if (cause.is !== 'match') throw new Error('not a match');
  return cause;
};
const userIdentity = { type: 'IAMUser', userName: 'alice', accountId: '111122223333' };
const tagged = (tags: Record<string, string>, user = 'alice') => ({ user, tags });

describe('the actor is looked for', () => {
  it('by the session name, or better by the source identity', () => {
    expect(addressesOf('actor', causeOf())).toEqual([{ email: 'alice@example.com', where: 'session name' }]);
    const arn = 'arn:aws:sts::111122223333:assumed-role/Admin/s';
    const session = { type: 'AssumedRole', arn, sessionContext: { sourceIdentity: 'eve@example.com' } };
    expect(addressesOf('actor', causeOf({ userIdentity: session }))).toEqual([
      { email: 'eve@example.com', where: 'source identity' },
    ]);
  });

  it('by the name and the tags of the IAM user, whatever their case, each address once', () => {
    const cause = causeOf({ userIdentity: { ...userIdentity, userName: 'Alice@example.com' } });
    const tags = { Owner: 'olga@example.com', Email: ' alice@example.com', team: 'x@example.com' };
    expect(addressesOf('actor', cause, tagged(tags)).map(({ email }) => email)).toEqual([
      'Alice@example.com',
      'olga@example.com',
    ]);
    expect(taggedUser('actor', causeOf({ userIdentity }))).toBe('alice');
    expect(taggedUser('actor', causeOf())).toBeUndefined();
  });

  it.each(['alice', 'i-0abc', '<!channel>@x', 'a b@example.com', '', '@', `${'a'.repeat(255)}@x`])(
    'not by %j, which is no address',
    (name) => {
      expect(addressesOf('actor', causeOf({ userIdentity }), tagged({ email: name }))).toEqual([]);
    },
  );
});

describe('the owner is looked for', () => {
  it('by the tags of the added user, then by its name', () => {
    const requestParameters = { userName: 'bob@example.com', groupName: 'admins' };
    const tags = { email: 'bob2@example.com', owner: 'olga@example.com' };
    expect(addressesOf('owner', causeOf({ requestParameters }), tagged(tags, 'bob'))).toEqual([
      { email: 'olga@example.com', where: 'tag owner of the IAM user bob' },
      { email: 'bob2@example.com', where: 'tag email of the IAM user bob' },
      { email: 'bob@example.com', where: 'user name' },
    ]);
    expect(taggedUser('owner', causeOf({ requestParameters }))).toBe('bob@example.com');
    expect(taggedUser('owner', causeOf({ requestParameters: null }))).toBeUndefined();
  });
});

describe('an answer', () => {
  const said = (word: 'yes' | 'no' | 'unsure', by = 'U0ALICE') =>
    aQuestion({ to: by, answer: { said: word, comment: 'as I say', at: 5 } });

  it('is evidence on the step it is about, beside what people have marked', () => {
    const mark = { state: 'done', by: 'U0ANA', at: 1 } as const;
    const alert = alertWith({ guide: { actor: mark } });
    const after = withAnswer(alert, said('yes'), 21);
    expect(after.guide.actor).toEqual({
      ...mark,
      evidence: [{ asked: 'actor', by: 'U0ALICE', at: 5, said: 'yes', comment: 'as I say' }],
    });
    const owner = withAnswer(after, { ...said('unsure'), asked: 'owner' }, 21);
    expect(owner.guide.owners).toMatchObject({ state: 'open', evidence: [{ said: 'unsure' }] });
    expect(owner).toMatchObject({ version: 3, riskScore: 21, severity: 'low', handling: { is: 'open' } });
    expect(owner.assessment).toBeUndefined();
  });

  it('of No raises the score by 30, once, and closes nothing', () => {
    const once = withAnswer(alertWith(), said('no'), 21);
    expect(once).toMatchObject({ riskScore: 51, severity: 'high', handling: { is: 'open' } });
    expect(once.assessment?.factors.map(({ id }) => id)).toEqual(['disowned']);
    const twice = withAnswer(once, said('no', 'U0OLGA'), 21);
    expect(twice.riskScore).toBe(51);
    expect(twice.guide.actor?.evidence).toHaveLength(2);
  });

  it('of No raises what was assessed before, up to 100', () => {
    const factors = [{ id: 'administrator', adds: 55, title: 't', evidence: 'e' }];
    const before = { at: 1, score: 76, severity: 'critical', factors, unread: [], documentsLeft: 0 } as const;
    const after = withAnswer(alertWith({ assessment: { ...before, factors, unread: [] } }), said('no'), 21);
    expect(after.assessment).toMatchObject({ score: 100, severity: 'critical' });
    expect(after.assessment?.factors.map(({ id }) => id)).toEqual(['administrator', 'disowned']);
  });
});
