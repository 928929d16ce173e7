import type { Home } from '../home.ts';
import type { Ids } from '../ids.ts';
import type { Keys } from '../keys.ts';
import type { Knobs } from '../knobs.ts';
import type { Input } from '../wire/input.ts';
import type { XmlValue } from '../wire/xml.ts';
import type { Iam, IamView } from './iam.ts';
import { paged } from './paging.ts';
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

/** A read: the parameters that it needs, what permission is asked on, and what it answers. */
export function read(
  needs: readonly string[],
  on: IamOperation['on'],
  run: IamOperation['run'],
): IamOperation {
  return { is: 'read', needs, on, run };
}

/** A write, which may answer nothing. */
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
