import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * All the environment that a program of ours is started with, but for what a test adds. What Node has compiled is kept:
 * the next start takes a sixth to a half less time, a small one most.
 */
export const PLAIN = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/groupwatch-tests'),
};

type Environment = Record<string, string | undefined>;

export interface Program {
  child: ChildProcess;
  ended: Promise<{ out: string; err: string; status: number | null }>;
}

/** Starts a script of the project, with what Node itself is told before it and the script after. */
export function startProgram(
  script: string,
  { words = [], env = {}, node = [] }: { words?: readonly string[]; env?: Environment; node?: string[] },
): Program {
  const child = spawn(process.execPath, [...node, script, ...words], {
    cwd: root,
    env: { ...PLAIN, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return { child, ended: new Promise((done) => child.on('close', (status) => done({ out, err, status }))) };
}

/** Starts a script of the project, and waits for its end. */
export const runProgram = (script: string, words: readonly string[], env?: Environment): Program['ended'] =>
  startProgram(script, { words, env }).ended;
