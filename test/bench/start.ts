import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAws } from '../../src/standins/aws/account.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import type { Figure } from './figure.ts';
import { residentMb, startProgram } from './program.ts';

/** From the start of the process to its first LookupEvents call, and its memory at rest, beside an idle Node. */
export async function start(folder: string): Promise<Figure[]> {
  await using slack = await startSlack();
  await using aws = await startAws();
  const began = performance.now();
  const program = startProgram({ slack, aws, databaseUrl: `file:${join(folder, 'start.db')}` });
  while (aws.lookups.length === 0 && performance.now() - began < 30_000) await sleep(5);
  const first = performance.now() - began;
  await sleep(10_000);
  const memory = program.residentMb();
  await program.stop();
  const idle = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'], { stdio: 'ignore' });
  await sleep(1_000);
  const idleMemory = residentMb(idle);
  idle.kill();
  const bareBegan = performance.now();
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  const bare = performance.now() - bareBegan;
  return [
    {
      name: 'start to first LookupEvents call',
      value: first,
      unit: 'ms',
      comparison: 'start of an empty Node, ms',
      against: bare,
    },
    {
      name: 'resident memory at rest',
      value: memory,
      unit: 'MB',
      comparison: 'an idle Node, MB',
      against: idleMemory,
    },
  ];
}
