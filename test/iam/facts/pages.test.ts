import { describe, expect, it } from 'vitest';
import { everyPage, given } from '../../../src/iam/facts/pages.ts';

interface Answer {
  IsTruncated?: boolean;
  Marker?: string;
  Items?: string[];
}

const read = (pages: Record<string, Answer>) =>
  everyPage(
    async (marker = 'first') => pages[marker] ?? {},
    ({ Items }) => Items,
  );

describe('a list of IAM', () => {
  it('is read to its end, over empty pages too', async () => {
    const pages = {
      first: { IsTruncated: true, Marker: '2', Items: ['a'] },
      '2': { IsTruncated: true, Marker: '3', Items: [] },
      '3': { IsTruncated: false, Marker: 'x', Items: ['b', 'c'] },
    };
    expect(await read(pages)).toEqual(['a', 'b', 'c']);
  });

  it.each<[string, Record<string, Answer>, RegExp]>([
    ['breaks off', { first: { IsTruncated: true, Items: ['a'] } }, /left out Marker/],
    ['goes in circles', { first: { IsTruncated: true, Marker: 'first' } }, /same marker twice/],
  ])('is not taken for whole when it %s', async (_, pages, why) => {
    await expect(read(pages)).rejects.toThrow(why);
  });

  it('has the fields that AWS always gives', () => {
    expect(given('', 'Name')).toBe('');
    expect(() => given(undefined, 'Name')).toThrow('AWS left out Name');
  });
});
