import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../src/domain/policy/access.ts';
import { actionGlob, covers, overlaps, resourceGlob } from '../../../src/domain/policy/glob.ts';

describe('patterns of actions', () => {
  it.each([
    ['iam:Attach*Policy', 'iam:AttachUserPolicy', true],
    ['iam:attach*policy', 'IAM:AttachUserPolicy', true],
    ['iam:Attach*Policy', 'iam:Attach*', true],
    ['iam:Attach*Policy', 'iam:*User*', true],
    ['iam:*Policy', 'iam:*Role', false],
    ['iam:*Policy', 'iam:*Role?', false],
    ['iam:*Policy', 'iam:*Role*', true],
    ['iam:?', 'iam:??', false],
    ['iam:?*', 'iam:*a', true],
    ['*', 'anything', true],
    ['i*m:*', 'iam:PassRole', true],
    ['*:PassRole', 'i?m:*', true],
    ['iam:PassRole', 'iam:PassRoles', false],
    ['iam:Pass.ole', 'iam:PassRole', false],
    ['a*b*c', 'acb', false],
    ['a*b*c', 'a*cb*', true],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlaps(actionGlob(a), actionGlob(b))).toBe(expected);
    expect(overlaps(actionGlob(b), actionGlob(a))).toBe(expected);
  });

  it.each([
    ['*', '*', true],
    ['*', 'iam:*', true],
    ['iam:*', '*', false],
    ['iam:*', 'iam:Get*', true],
    ['iam:Get*', 'iam:*', false],
    ['iam:Get?*', 'iam:Get*?', true],
    ['iam:Get?', 'iam:Get*', false],
    ['iam:***', 'iam:*', true],
    ['iam:*User*', 'iam:Get*User', true],
    ['iam:*a*a', 'iam:*a', false],
  ])('%s covers %s: %s', (wide, narrow, expected) => {
    expect(covers(actionGlob(wide), actionGlob(narrow))).toBe(expected);
  });
});

/* biome-ignore lint/suspicious/noTemplateCurlyInString: IAM has variables of this form */
const [own, star] = ['user/${aws:username}', 'key-${*}'];

describe('patterns of resources', () => {
  it('keep the letter case, and pass over the partition', () => {
    const glob = resourceGlob('arn:aws:s3:::Bucket/*');
    expect(covers(glob, resourceGlob('arn:aws-us-gov:s3:::Bucket/x'))).toBe(true);
    expect(covers(glob, resourceGlob('arn:aws-cn:s3:::bucket/x'))).toBe(false);
  });

  it('take a variable for anything, or for itself', () => {
    expect(covers(resourceGlob(own), resourceGlob('user/bob'))).toBe(true);
    expect(covers(resourceGlob(own, 'nothing-else'), resourceGlob('user/bob'))).toBe(false);
    expect(covers(resourceGlob(star), resourceGlob('key-x'))).toBe(false);
  });
});

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });

/** What a pattern means, in other words. */
const regExp = (glob: string): RegExp => new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`);

describe('patterns, whatever they are', () => {
  it('match what a regular expression matches', () => {
    fc.assert(
      fc.property(pattern, word, (glob, text) => {
        expect(covers(actionGlob(glob), actionGlob(text))).toBe(regExp(glob).test(text));
      }),
    );
  });

  it('never cover what they do not match', () => {
    fc.assert(
      fc.property(pattern, pattern, word, (wide, narrow, text) => {
        const claimed = covers(actionGlob(wide), actionGlob(narrow));
        if (claimed && regExp(narrow).test(text)) expect(regExp(wide).test(text)).toBe(true);
      }),
    );
  });

  it('overlap exactly when one text matches both', () => {
    const texts = wordsUpTo(7);
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const both = texts.some((text) => regExp(a).test(text) && regExp(b).test(text));
        // A shared text needs no more characters than both patterns have together.
        const enough = a.length + b.length <= 7;
        if (both || enough) expect(overlaps(actionGlob(a), actionGlob(b))).toBe(both);
      }),
    );
  });
});

function wordsUpTo(length: number): string[] {
  const longest = length === 0 ? [] : wordsUpTo(length - 1);
  return ['', ...longest.flatMap((rest) => [`a${rest}`, `b${rest}`])];
}

describe('the verb of an action', () => {
  it.each([
    ['s3:GetObject', 'read'],
    ['s3:getobject', 'read'],
    ['s3:List*', 'read'],
    ['dynamodb:BatchGetItem', 'read'],
    ['iam:SimulatePrincipalPolicy', 'read'],
    ['ec2:Describe*', 'read'],
    ['s3:G*', 'write'],
    ['s3:*', 'write'],
    ['*', 'write'],
    ['iam:PassRole', 'write'],
    ['license-manager:CheckoutLicense', 'write'],
    ['s3:PutObject', 'write'],
  ])('%s is to %s', (action, access) => {
    expect(accessOf(action)).toBe(access);
  });
});
