import { readdirSync, readFileSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const folder = import.meta.dirname;
const stripped = new Map<string, { mtime: number; code: string }>();

/** A part of the page as it is served. */
export interface Content {
  type: string;
  body: string;
}

const HTML = 'text/html; charset=utf-8';
const PARTS: [path: RegExp, type: string, read: (file: string) => string][] = [
  [/^\/styles\/[a-z-]+\.css$/, 'text/css; charset=utf-8', (file) => readFileSync(file, 'utf8')],
  [/^\/browser\/(?:[a-z-]+\/)*[a-z-]+\.ts$/, 'text/javascript; charset=utf-8', moduleIn],
];

/** What the page is made of, by path: its documents, styles, and modules. Undefined when there is no such part. */
export function contentAt(path: string): Content | undefined {
  if (path === '/')
    return { type: HTML, body: withPreloads(readFileSync(join(folder, 'page.html'), 'utf8')) };
  if (path === '/studio') return { type: HTML, body: readFileSync(join(folder, 'studio.html'), 'utf8') };
  const part = PARTS.find(([pattern]) => pattern.test(path));
  const file = join(folder, path);
  if (!part || !statSync(file, { throwIfNoEntry: false })) return undefined;
  const [, type, read] = part;
  return { type, body: read(file) };
}

/** A module with its types taken out. Positions stay what they were, so what fails in the browser is found here. */
function moduleIn(file: string): string {
  const mtime = statSync(file).mtimeMs;
  const known = stripped.get(file);
  if (known?.mtime === mtime) return known.code;
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  stripped.set(file, { mtime, code });
  return code;
}

/** Names all modules at once; the browser would find them one after the other. */
function withPreloads(html: string): string {
  const links = readdirSync(join(folder, 'browser'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'studio.ts')
    .map((name) => `<link rel="modulepreload" href="/browser/${name}">`);
  return html.replace('</head>', `${links.join('\n')}\n</head>`);
}
