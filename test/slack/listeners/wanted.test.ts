import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedAs, wantedOf } from '../../../src/slack/listeners/wanted.ts';
import type { Wanted } from '../../../src/use-cases/look-up/wanted.ts';

describe('what somebody types to look up', () => {
  it.each<[string, Wanted | undefined]>([
    ['user bob', { kind: 'user', text: 'bob' }],
    ['USER bob 111122223333', { kind: 'user', text: 'bob', account: '111122223333' }],
    ['group  admins  the big one ', { kind: 'group', text: 'admins', account: 'the big one' }],
    ['user "two words" home', { kind: 'user', text: 'two words', account: 'home' }],
    ['actor bob', { kind: 'actor', text: 'bob', span: '24h' }],
    ['actor bob 7d', { kind: 'actor', text: 'bob', span: '7d' }],
    ['actor bob 7d home', { kind: 'actor', text: 'bob', span: '7d', account: 'home' }],
    ['actor bob big home 48h', { kind: 'actor', text: 'bob', span: '48h', account: 'big home' }],
    ['actor 7d', { kind: 'actor', text: '7d', span: '24h' }],
    ['event 1-2-3 home', { kind: 'event', text: '1-2-3', account: 'home' }],
    ['user', undefined],
    ['users bob', undefined],
    ['', undefined],
  ])('%s', (typed, wanted) => expect(wantedOf(typed)).toEqual(wanted));

  it('is what a button carries', () => {
    const name = fc.stringMatching(/^[\w+=,.@:/ -]{1,40}$/).filter((text) => text.trim() !== '');
    const account = fc.option(fc.constantFrom('111122223333', 'home', 'the big one'), { nil: undefined });
    fc.assert(
      fc.property(name, account, fc.constantFrom('24h', '7d', '90d'), (text, where, span) => {
        const at = where === undefined ? {} : { account: where };
        for (const wanted of [
          { kind: 'user', text, ...at },
          { kind: 'actor', text, span, ...at },
        ] satisfies Wanted[])
          expect(wantedOf(typedAs(wanted))).toEqual(wanted);
      }),
    );
  });
});
