import type { Home } from '../home.ts';
import type { Ids } from '../ids.ts';
import { type Input, invalid } from '../input.ts';
import type { Keys } from '../keys.ts';
import type { Knobs } from '../knobs.ts';
import type { XmlValue } from '../xml.ts';
import type { Iam, IamView } from './iam.ts';
import type { Target } from './target.ts';

/** What an operation of IAM works on. */
export interface Ground {
  home: Home;
  iam: Iam;
  /** What it looks at: for reads what readers see, for writes what is. */
  view: IamView;
  ids: Ids;
  keys: Keys;
  knobs: Readonly<Knobs>;
  input: Input;
  /** ms since epoch */
  at: number;
}

/** A structure of an answer, by AWS's names. */
export type Shape = { readonly [name: string]: XmlValue };

/** An operation of IAM: gives its result, or throws a Refusal. */
export interface IamOperation {
  is: 'read' | 'write';
  /** Parameters that must be there. UserName is filled in with the caller's where it may be left out. */
  needs: readonly string[];
  /** What permission is asked on. */
  on: (ground: Ground) => Target;
  run: (ground: Ground) => Shape;
}

/** Operations by name. */
export type IamOperations = Record<string, IamOperation>;

/** A read, of a parameter's name or more. */
export function read(
  needs: readonly string[],
  on: IamOperation['on'],
  run: IamOperation['run'],
): IamOperation {
  return { is: 'read', needs, on, run };
}

/** A write; what it doesn't answer is nothing. */
export function write(
  needs: readonly string[],
  on: IamOperation['on'],
  run: (ground: Ground) => Shape | undefined,
): IamOperation {
  return { is: 'write', needs, on, run: (ground) => run(ground) ?? {} };
}

/** A read of a list that comes in pages. */
export function list(
  name: string,
  needs: readonly string[],
  on: IamOperation['on'],
  run: (ground: Ground) => readonly XmlValue[],
): IamOperation {
  return read(needs, on, (ground) => {
    const { items, rest } = paged(ground, run(ground));
    return { [name]: items, ...rest };
  });
}

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
