import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/domain/policy/document.ts';
import { type Policy, STANDINGS } from '../../../src/domain/policy/policy.ts';
import { judge, type Verdict } from '../../../src/domain/policy/verdict.ts';
import { odd, statement, statements } from './arbitrary.ts';
import { deny, policy } from './policies.ts';

const rank = ({ is }: Verdict): number => STANDINGS.indexOf(is);
const reasonsOf = ({ is, reasons }: Verdict) => ({ is, reasons: reasons.map(({ id }) => id).sort() });
/** Doubts name a statement by its place, which is what these properties shuffle. */
const placeless = (verdict: Verdict) => {
  const { is, reasons } = reasonsOf(verdict);
  return { is, reasons: [...new Set(reasons.map((id) => id.replace(/, statement \d+$/, '')))] };
};

describe('whatever the policies', () => {
  it('one more Allow never lowers the verdict', () => {
    fc.assert(
      fc.property(statements, statement(fc.constant('Allow')), fc.boolean(), (some, more, first) => {
        const after = judge([policy(...(first ? [more, ...some] : [...some, more]))]);
        expect(rank(after)).toBeLessThanOrEqual(rank(judge([policy(...some)])));
      }),
      { numRuns: 500 },
    );
  });

  it('one more Deny never raises it', () => {
    fc.assert(
      fc.property(statements, statement(fc.constant('Deny')), (some, less) => {
        expect(rank(judge([policy(...some, less)]))).toBeGreaterThanOrEqual(rank(judge([policy(...some)])));
      }),
      { numRuns: 500 },
    );
  });

  it('a Deny of everything leaves nothing', () => {
    fc.assert(
      fc.property(statements, fc.nat(5), (some, at) => {
        const { is, reasons, grants } = judge([policy(...some.slice(0, at), deny('*'), ...some.slice(at))]);
        expect({ is, reasons, grants }).toEqual({ is: 'nothing', reasons: [], grants: [] });
      }),
    );
  });

  it('the order of statements, and of policies, means nothing', () => {
    fc.assert(
      fc.property(statements, fc.nat(), (some, seed) => {
        const shuffled = [...some].sort((a, b) => hash(seed, a) - hash(seed, b));
        const whole = placeless(judge([policy(...some)]));
        expect(placeless(judge([policy(...shuffled)]))).toEqual(whole);
        expect(placeless(judge(shuffled.map((one) => policy(one))))).toEqual(whole);
      }),
    );
  });

  it('a boundary never gives anything', () => {
    fc.assert(
      fc.property(statements, statements, (some, limits) => {
        const within = judge([policy(...some)], policy(...limits));
        expect(rank(within)).toBeGreaterThanOrEqual(rank(judge([policy(...some)])));
      }),
    );
  });

  it('evidence is there for all that is above narrow', () => {
    fc.assert(
      fc.property(statements, (some) => {
        for (const { id, grants } of judge([policy(...some)]).reasons)
          if (!id.startsWith('in-doubt')) expect(grants.length).toBeGreaterThan(0);
      }),
    );
  });
});

function hash(seed: number, value: unknown): number {
  let sum = seed;
  for (const character of JSON.stringify(value)) sum = (sum * 31 + character.charCodeAt(0)) % 1_000_003;
  return sum;
}

describe('whatever the document', () => {
  const judged = (document: unknown): Policy[] => [{ name: 'any', document: readDocument(document) }];

  it('reading and judging it never throws', () => {
    const form = fc.record({ Statement: fc.oneof(fc.anything(), fc.array(fc.oneof(odd, fc.anything()))) });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.string(),
          fc.json(),
          form,
          form.map((one) => JSON.stringify(one)),
        ),
        (one) => {
          expect(STANDINGS).toContain(judge(judged(one)).is);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('it means the same as text, URL-encoded or not', () => {
    fc.assert(
      fc.property(statements, (some) => {
        const document = { Version: '2012-10-17', Statement: some };
        const plain = reasonsOf(judge(judged(document)));
        const text = JSON.stringify(document, null, 2);
        expect(reasonsOf(judge(judged(text)))).toEqual(plain);
        expect(reasonsOf(judge(judged(encodeURIComponent(text))))).toEqual(plain);
      }),
    );
  });
});
