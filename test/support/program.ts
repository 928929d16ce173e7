import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * All the environment that a program of ours is started with, but for what a test adds. What Node has compiled is kept:
 * the tests start some two hundred, and most of such a short life would be compiling.
 */
export const PLAIN = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/groupwatch-tests'),
};

/** Starts a script of the project, and waits for its end. */
export function runProgram(
  script: string,
  words: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<{ out: string; err: string; status: number | null }> {
  const child = spawn(process.execPath, [script, ...words], { cwd: root, env: { ...PLAIN, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((done) => child.on('close', (status) => done({ out, err, status })));
}
