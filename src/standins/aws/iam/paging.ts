import { invalid } from '../wire/input.ts';
import type { Ground } from './operation.ts';

const DEFAULT_ITEMS = 100;
const MOST_ITEMS = 1000;

/** The page that Marker and MaxItems ask for, and what IAM says of the rest. Markers are positions. */
export function paged<T>(
  { input, knobs }: Ground,
  all: readonly T[],
): { items: readonly T[]; rest: { IsTruncated: boolean; Marker?: string } } {
  const asked = Number(input.MaxItems ?? DEFAULT_ITEMS);
  if (!(asked >= 1 && asked <= MOST_ITEMS)) throw invalid('MaxItems must be between 1 and 1000');
  const from = positionOf(input.Marker);
  const to = from + Math.min(asked, knobs.pageSize);
  const IsTruncated = to < all.length;
  return {
    items: all.slice(from, to),
    rest: { IsTruncated, Marker: IsTruncated ? markerOf(to) : undefined },
  };
}

const markerOf = (position: number): string => Buffer.from(`from ${position}`).toString('base64');

function positionOf(marker: unknown): number {
  if (marker === undefined) return 0;
  const [, position] = /^from (\d+)$/.exec(Buffer.from(String(marker), 'base64').toString()) ?? [];
  if (position === undefined) throw invalid('Invalid Marker.');
  return Number(position);
}
