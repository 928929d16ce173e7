import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startAws } from '../../src/standins/aws/account.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import type { Figure } from './run.ts';

const root = resolve(import.meta.dirname, '../..');

/** From the start of the process to its first LookupEvents call, and its memory at rest, beside an idle Node. */
export async function start(folder: string): Promise<Figure[]> {
  const slack = await startSlack();
  const aws = await startAws();
  slack.addChannel({ id: 'C0BENCH', name: 'bench', members: [] });
  const env = {
    PATH: process.env.PATH,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ALERT_CHANNEL: 'C0BENCH',
    DATABASE_URL: `file:${join(folder, 'start.db')}`,
    HTTP_PORT: '0',
    AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
    AWS_SECRET_ACCESS_KEY: 'example',
  };
  const began = performance.now();
  const child = spawn(process.execPath, startArguments(), { cwd: root, env, stdio: 'ignore' });
  while (aws.lookups.length === 0 && performance.now() - began < 30_000) await sleep(5);
  const first = performance.now() - began;
  await sleep(10_000);
  const memory = residentMb(child.pid);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const idle = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'], { stdio: 'ignore' });
  await sleep(1_000);
  const idleMemory = residentMb(idle.pid);
  idle.kill();
  await ended;
  const bareBegan = performance.now();
  await new Promise((done) => spawn(process.execPath, ['-e', '0']).once('exit', done));
  const bare = performance.now() - bareBegan;
  await slack.close();
  await aws.close();
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

/** What `npm start` gives to Node. */
function startArguments(): string[] {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1000;
}
