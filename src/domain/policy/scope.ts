import { covers, type Glob, isEverything, overlaps } from './glob.ts';

/** What a statement is about: only what is listed (Action, Resource), or all but that (NotAction, NotResource). */
export type Scope = { is: 'only'; globs: Glob[] } | { is: 'all-but'; globs: Glob[] };

/** True when all of `part` lies in `scope`; never true in doubt. */
export function takesIn(scope: Scope, part: Glob): boolean {
  return scope.is === 'only'
    ? scope.globs.some((glob) => covers(glob, part))
    : !scope.globs.some((glob) => overlaps(glob, part));
}

/** True when some of `part` lies in `scope`; never false in doubt. */
export function touches(scope: Scope, part: Glob): boolean {
  return scope.is === 'only'
    ? scope.globs.some((glob) => overlaps(glob, part))
    : !scope.globs.some((glob) => covers(glob, part));
}

/** True when all of `inner` lies in `outer`; never true in doubt. */
export function contains(outer: Scope, inner: Scope): boolean {
  if (inner.is === 'only') return inner.globs.every((glob) => takesIn(outer, glob));
  if (inner.globs.some(isEverything)) return true;
  return outer.is === 'only'
    ? outer.globs.some(isEverything)
    : outer.globs.every((left) => inner.globs.some((glob) => covers(glob, left)));
}

/** True when the two may have something in common; never false in doubt. */
export function meets(a: Scope, b: Scope): boolean {
  if (a.is === 'only') return a.globs.some((glob) => touches(b, glob));
  if (b.is === 'only') return b.globs.some((glob) => touches(a, glob));
  return ![...a.globs, ...b.globs].some(isEverything);
}
