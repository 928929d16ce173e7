/** IAM's `*` and `?`, as characters that stand for nothing else. */
const MANY = '\uE000';
const ONE = '\uE001';

/** A pattern of a policy, ready for comparison. */
export interface Glob {
  /** As the policy has it. */
  written: string;
  /** With the wildcards told apart from text; of a run of them, each `?` comes before one `*`. */
  text: string;
  /** What every match begins with. */
  prefix: string;
}

/** A pattern over action names, whose letter case means nothing. Each has a service, so `*:*` is `*`. */
export function actionGlob(written: string): Glob {
  const marked = wildcards(plain(written).toLowerCase());
  return globOf(written, marked === `${MANY}:${MANY}` ? MANY : marked);
}

/**
 * A pattern over ARNs. A variable's value isn't known here: it is `anything` where more must not be missed, and
 * `nothing-else` than itself where less must not be taken away. `${*}`, `${?}` and `${$}` stand for the character.
 * An account lives in one partition, so all of them are read as `aws`.
 * Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resourceGlob(written: string, variable: 'anything' | 'nothing-else' = 'anything'): Glob {
  const parts = plain(written).split(/(\$\{[^}]*\})/);
  const text = parts.map((part, index) => {
    if (index % 2 === 0) return wildcards(part);
    const inside = part.slice(2, -1);
    if (['*', '?', '$'].includes(inside)) return inside;
    return variable === 'anything' ? MANY : part;
  });
  return globOf(written, text.join('').replace(/^arn:aws(-[a-z-]+)?:/, 'arn:aws:'));
}

const OURS = /[\uE000\uE001]/;
const plain = (written: string): string =>
  OURS.test(written) ? written.replace(/[\uE000\uE001]/g, '\uFFFD') : written;
const wildcards = (text: string): string => text.replaceAll('*', MANY).replaceAll('?', ONE);

function globOf(written: string, marked: string): Glob {
  const text = marked.replace(/[\uE000\uE001]{2,}/g, (run) => {
    const ones = run.replaceAll(MANY, '');
    return ones.length < run.length ? ones + MANY : ones;
  });
  const end = text.search(OURS);
  return { written, text, prefix: end < 0 ? text : text.slice(0, end) };
}

/** Takes in every text there is. */
export function isEverything({ text }: Glob): boolean {
  return text === MANY;
}

/** Has no wildcard: one text alone. */
export function isExact({ text, prefix }: Glob): boolean {
  return text.length === prefix.length;
}

/**
 * True when all that `narrow` matches is matched by `wide`. Exact when `narrow` has no wildcard; else it may miss a
 * cover (`?*` over `*a`) but never claims one that isn't.
 */
export function covers(wide: Glob, narrow: Glob): boolean {
  if (!narrow.prefix.startsWith(wide.prefix)) return false;
  const pattern = wide.text;
  const text = narrow.text;
  let at = 0;
  let next = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[next] === MANY) {
      star = next++;
      retry = at;
    } else if (next < pattern.length && stepCovers(pattern[next], text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[next] === MANY) next++;
  return next === pattern.length;
}

function stepCovers(wide: string | undefined, narrow: string | undefined): boolean {
  return wide === narrow || (wide === ONE && narrow !== MANY);
}

/** True when some text matches both, wildcards in either or both. */
export function overlaps(a: Glob, b: Glob): boolean {
  if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
  if (covers(a, b) || covers(b, a)) return true;
  if (isExact(a) || isExact(b)) return false;
  // `reach[j]`: the part of `a` so far can end where the first j characters of `b` end.
  let reach = stretched([true, ...Array<boolean>(b.text.length).fill(false)], b.text);
  for (const step of a.text) {
    const next = reach.map((here, j) => {
      if (step === MANY) return here;
      const other = b.text[j - 1];
      if (other === MANY) return here;
      return (reach[j - 1] ?? false) && (step === ONE || other === ONE || step === other);
    });
    reach = step === MANY ? spread(next) : stretched(next, b.text);
  }
  return reach.at(-1) ?? false;
}

/** A `*` of `b` may match nothing. */
function stretched(reach: boolean[], text: string): boolean[] {
  for (let j = 1; j < reach.length; j++) if (text[j - 1] === MANY && reach[j - 1]) reach[j] = true;
  return reach;
}

/** A `*` of `a` may match whatever comes. */
function spread(reach: boolean[]): boolean[] {
  const first = reach.indexOf(true);
  return first < 0 ? reach : reach.map((_, j) => j >= first);
}
