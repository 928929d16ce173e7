import { describe, expect, it } from 'vitest';
import { nearNames, sameNameIn } from '../../src/domain/near-names.ts';

describe('a name that nobody has', () => {
  it.each([
    ['alcie', ['alice']],
    ['ALICIA', ['alice']],
    ['admin', ['adm1n', 'admins', 'Administrators']],
    ['bob', ['rob', 'bobby']],
    ['zzz', []],
    ['', []],
  ])('%j may mean %j', (typed, near) => {
    const known = ['alice', 'admins', 'Administrators', 'adm1n', 'bobby', 'rob', 'Finance'];
    expect(nearNames(typed, known)).toEqual(near);
  });

  it('is never suggested itself, and each other one once', () => {
    expect(nearNames('bob', ['Bob', 'bobb', 'BOBB'])).toEqual(['bobb']);
    expect(
      nearNames(
        'abcd',
        Array.from({ length: 20 }, (_, n) => `abcd${n}`),
      ),
    ).toHaveLength(5);
  });
});

it('what is longer than any name of IAM means nobody, and nobody means it', () => {
  const long = 'x'.repeat(129);
  expect(nearNames(long, ['x'.repeat(128)])).toEqual([]);
  expect(nearNames('x'.repeat(128), [long, 'x'.repeat(127)])).toEqual(['x'.repeat(127)]);
});

it('a name is the same whatever its letter case', () => {
  expect(sameNameIn('BOB', ['alice', 'Bob'])).toBe('Bob');
  expect(sameNameIn('bo', ['Bob'])).toBeUndefined();
});
