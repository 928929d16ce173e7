import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Measure, measure } from './measured.ts';

const root = resolve(import.meta.dirname, '../..');

/** Ended by itself at the start, since Slack or the database didn't answer: whoever runs it starts it anew. */
const MISCONFIGURED = 2;

/** One process of the program, started anew whenever it ends, as a supervisor would. */
export interface Replica {
  readonly name: string;
  /** Resolves when a process of it is up. */
  up(): Promise<void>;
  /** kill -9, without a new start. */
  kill(): Promise<void>;
  start(): void;
  /** The process does nothing for so long, as on a host that is out of breath. */
  freeze(ms: number): Promise<void>;
  /** Its wall clock is off by this much from now on. */
  shift(ms: number): void;
  /** What the process holds after a collection. */
  measure(): Promise<Measure>;
  /** SIGTERM; false when it didn't end by itself with 0. */
  stop(): Promise<boolean>;
  /** How it ended without being told to, but for starts that found no Slack or no database. */
  readonly crashes: string[];
}

interface Needs {
  name: string;
  env: Record<string, string>;
  /** Where its log goes. */
  log: string;
}

/** How long a supervisor waits before the next start. */
const AGAIN = 300;
const LONGEST_GOODBYE = 15_000;

export function replica({ name, env, log }: Needs): Replica {
  const crashes: string[] = [];
  const file = createWriteStream(log, { flags: 'a' });
  let child: ChildProcess | undefined;
  let wanted = false;
  let frozen = false;
  let shiftMs = 0;
  const bell = new EventEmitter();
  let isUp = false;

  function start(): void {
    wanted = true;
    const began = spawn(process.execPath, ['--optimize-for-size', '--expose-gc', 'test/chaos/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH, ...env, CLOCK_SHIFT_MS: String(shiftMs) },
    });
    child = began;
    let last = '';
    began.stdout?.pipe(file, { end: false });
    began.stderr?.on('data', (data) => {
      last = `${last}${data}`.slice(-2_000);
      file.write(data);
    });
    began.on('error', () => undefined);
    began.on('message', (told) => {
      if (told !== 'up') return bell.emit('measured', told);
      isUp = child === began;
      return bell.emit('up');
    });
    began.once('exit', (code, signal) => {
      if (child !== began) return;
      isUp = false;
      if (!wanted) return;
      if (code !== MISCONFIGURED) crashes.push(`${name} ended by itself (${code ?? signal}): ${last}`);
      setTimeout(() => wanted && child === began && start(), AGAIN);
    });
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    wanted = false;
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    if (frozen) ending.kill('SIGCONT');
    const late = setTimeout(() => ending.kill('SIGKILL'), LONGEST_GOODBYE);
    await ended;
    clearTimeout(late);
    return ending.exitCode;
  }

  return {
    name,
    crashes,
    start,
    async up() {
      if (!isUp) await once(bell, 'up');
    },
    kill: async () => void (await end('SIGKILL')),
    async freeze(ms) {
      const held = child;
      frozen = true;
      held?.kill('SIGSTOP');
      await sleep(ms);
      frozen = false;
      held?.kill('SIGCONT');
    },
    shift(ms) {
      shiftMs = ms;
      if (child?.connected) child.send({ shiftMs }, () => undefined);
    },
    async measure() {
      const measured = once(bell, 'measured');
      child?.send({ measure: true });
      return measure.parse((await measured)[0]);
    },
    async stop() {
      const code = await end('SIGTERM');
      file.end();
      return code === 0;
    },
  };
}
