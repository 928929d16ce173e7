import { readFileSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'browser');
const stripped = new Map<string, { mtime: number; code: string }>();

/**
 * A module of the browser's by its path, `/browser/main.ts`, with its types taken out; undefined when there is none.
 * Positions in the file stay what they were, so what fails in the browser is found here.
 */
export function moduleAt(path: string): string | undefined {
  const name = /^\/browser\/((?:[a-z-]+\/)*[a-z-]+\.ts)$/.exec(path)?.[1];
  if (!name) return undefined;
  const file = join(folder, name);
  const mtime = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (mtime === undefined) return undefined;
  const known = stripped.get(file);
  if (known?.mtime === mtime) return known.code;
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  stripped.set(file, { mtime, code });
  return code;
}
