import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { AwsStandIn } from '../../src/standins/aws/account.ts';
import type { SlackStandIn } from '../../src/standins/slack/workspace.ts';

const root = resolve(import.meta.dirname, '../..');
const CHANNEL = 'C0BENCH';

/** The program as `npm start` starts it, in a process of its own. */
export interface Program {
  residentMb(): number;
  stop(): Promise<void>;
}

interface Around {
  slack: SlackStandIn;
  aws: AwsStandIn;
  databaseUrl: string;
  /** Settings beside those that it can't do without. */
  env?: Record<string, string>;
}

/** Starts it between these stand-ins, with default settings. */
export function startProgram({ slack, aws, databaseUrl, env = {} }: Around): Program {
  slack.addChannel({ id: CHANNEL, name: 'bench', members: [] });
  const child = spawn(process.execPath, startArguments(), {
    cwd: root,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      ALERT_CHANNEL: CHANNEL,
      DATABASE_URL: databaseUrl,
      HTTP_PORT: '0',
      AWS_ENDPOINT_URL_CLOUDTRAIL: aws.endpoint,
      AWS_ENDPOINT_URL_STS: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
      AWS_SECRET_ACCESS_KEY: 'example',
      ...env,
    },
  });
  return {
    residentMb: () => residentMb(child),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What `npm start` gives to Node. */
function startArguments(): string[] {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

/** As Linux tells it. */
export function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1000;
}
