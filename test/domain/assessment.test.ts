import { describe, expect, it } from 'vitest';
import { assess, isNews, type Look, withSignal } from '../../src/domain/assessment.ts';
import { readDocument } from '../../src/domain/policy/document.ts';
import { judge } from '../../src/domain/policy/verdict.ts';
import { grantedBy } from '../../src/domain/risk/fact-signals.ts';
import type { Signal } from '../../src/domain/risk/signal.ts';

const allowing = (Action: string) => readDocument({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
const verdictOf = (action: string) => judge([{ name: 'p', document: allowing(action) }]);
const granting = (verdict: ReturnType<typeof judge>): Signal => ({ is: 'grants', group: 'g', verdict });

const look = (signals: Signal[], different: Partial<Look> = {}): Look => {
  const found = signals.find((signal) => signal.is === 'grants');
  return {
    at: 1,
    signals,
    granted: found && grantedBy(found.verdict),
    unread: [],
    documentsLeft: 0,
    ...different,
  };
};
const ids = ({ factors }: ReturnType<typeof assess>) => factors.map(({ id }) => id);

describe('what is found out about an alert', () => {
  it('adds to the rule, and nothing is left out of it at the next look', () => {
    const first = assess(21, look([granting(verdictOf('*')), { is: 'root' }]));
    expect([first.score, first.severity]).toEqual([100, 'critical']);
    const cleaned = assess(21, look([granting(verdictOf('s3:GetObject'))]), first);
    expect(ids(cleaned)).toEqual(['administrator', 'root']);
    expect(cleaned.granted).toEqual(first.granted);
    expect(cleaned.score).toBe(100);
  });

  it('becomes more when the group has been given more since', () => {
    const first = assess(21, look([granting(verdictOf('iam:CreateAccessKey'))]));
    expect(ids(first)).toEqual(['escalation']);
    const later = assess(21, look([granting(verdictOf('*'))]), first);
    expect(ids(later)).toEqual(['administrator']);
    expect(later.granted?.is).toBe('administrator');
  });

  it('gives way where it was only taken as broad for want of knowing', () => {
    const unknown = judge([{ name: 'p', document: { is: 'unjudgeable', why: 'not allowed' } }]);
    const first = assess(21, look([granting(unknown)]));
    expect(ids(first)).toEqual(['broad-write']);
    const known = assess(21, look([granting(verdictOf('s3:GetObject'))]), first);
    expect([ids(known), known.score]).toEqual([[], 21]);
    expect(known.granted?.is).toBe('narrow');
  });

  it('counts one thing more that somebody says, once', () => {
    const first = assess(21, look([{ is: 'root' }]));
    const said = withSignal(21, first, { is: 'disowned', by: 'bob' });
    expect(said.score).toBe(77);
    expect(withSignal(21, said, { is: 'disowned', by: 'bob' }).score).toBe(77);
    expect(ids(assess(21, look([]), said))).toEqual(['disowned', 'root']);
  });

  it('is news when anything of it differs, and not when only time has passed', () => {
    const first = assess(21, look([{ is: 'root' }]));
    expect(isNews(first, undefined)).toBe(true);
    expect(isNews(assess(21, look([{ is: 'root' }], { at: 2 }), first), first)).toBe(false);
    const unread = [{ why: 'no', passing: true }];
    expect(isNews(assess(21, look([], { unread }), first), first)).toBe(true);
  });
});
