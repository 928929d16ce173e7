const MOST = 5;
/** As near as one letter and a half. */
const BEGINS = 1.5;
/** No name of IAM is longer; comparing two texts takes as long as both their lengths, multiplied. */
const LONGEST = 128;

/**
 * Names that somebody may have meant, the nearest first: a few letters differ, or one begins with the other. Without
 * regard to case, as IAM's names are.
 */
export function nearNames(typed: string, known: Iterable<string>): string[] {
  if (typed.length > LONGEST) return [];
  const wanted = typed.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const near = new Map<string, { name: string; distance: number }>();
  for (const name of known) {
    if (name.length > LONGEST) continue;
    const lower = name.toLowerCase();
    const begins = wanted.length > 2 && (lower.startsWith(wanted) || wanted.startsWith(lower));
    const distance = Math.min(distanceOf(wanted, lower, most), begins ? BEGINS : most + 1);
    const better =
      (distance <= most || begins) && distance < (near.get(lower)?.distance ?? Number.POSITIVE_INFINITY);
    if (lower !== wanted && better) near.set(lower, { name, distance });
  }
  return [...near.values()]
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** The name as it is written, of those that are the same without regard to case. */
export function sameNameIn(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  for (const name of known) if (name.toLowerCase() === wanted) return name;
  return undefined;
}

/** How many letters must be put in, left out, changed or swapped with the next; more than `most` is just more. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let earlier: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now.push(
        Math.min(
          (before[column] ?? 0) + 1,
          (now[column - 1] ?? 0) + 1,
          (before[column - 1] ?? 0) + same,
          swapped ? (earlier[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [earlier, before] = [before, now];
  }
  return before[b.length] ?? 0;
}
