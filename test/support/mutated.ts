import fc from 'fast-check';
import { nasty } from './markup.ts';

type Path = (string | number)[];

/** The same JSON with a few places gone, or something else there: other types, nonsense, hostile and endless text. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(value).filter((path) => path.length > 0);
  const other = fc.oneof(
    nasty,
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, 'x'.repeat(10_000), '\u0000', '__proto__'),
  );
  const change = fc.record({ at: fc.constantFrom(...places), to: fc.option(other, { nil: undefined }) });
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<unknown>((changed, { at, to }) => withOther(changed, at, to), value));
}

function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => placesOf(one, [...at, key]))];
}

/** Without the place when there is nothing to put there; as it was when another change has taken the place away. */
function withOther(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const entries = Object.entries(value).flatMap(([name, one]) => {
    if (name !== String(key)) return [[name, one] as const];
    const changed = withOther(one, rest, to);
    return changed === undefined ? [] : [[name, changed] as const];
  });
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
