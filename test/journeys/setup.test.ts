import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { startAws } from '../../src/standins/aws/account.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import { PLAIN } from '../support/program.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'groupwatch-setup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  child: ChildProcess;
  ended: Promise<{ status: number | null; out: string }>;
}

it('leads by the README from an empty .env, by doctor, to a card', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, given = ''] = /^ +(set -a; \. \.\/\.env; set \+a); npm run doctor$/m.exec(readme) ?? [];
  expect(given).not.toBe('');
  await using slack = await startSlack({ enforceRate: false });
  await using aws = await startAws({ enforceRate: false });
  slack.addPerson({ id: 'U0ANA', name: 'Ana' });
  slack.addChannel({ id: 'C0ALERTS', name: 'alerts', members: ['U0ANA'], botIsMember: false });
  aws.happened({ eventSource: 'ec2', eventName: 'RunInstances' });

  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(folder, '.env');
  /** A line of the README, with the file and the program where they are; npm would only find the same Node. */
  function run(script: 'doctor' | 'start'): Ran {
    const line = `${given.replace('./.env', file)}; exec ${scripts[script].replace(/^node/, process.execPath)}`;
    const child = spawn('sh', ['-c', line], { cwd: root, env: { ...PLAIN, ...AWS } });
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        out += data;
      });
    return { child, ended: new Promise((done) => child.on('close', (status) => done({ status, out }))) };
  }
  const AWS = {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01',
    AWS_SECRET_ACCESS_KEY: 'example',
    ...Object.fromEntries(
      ['CLOUDTRAIL', 'IAM', 'STS'].map((name) => [`AWS_ENDPOINT_URL_${name}`, aws.endpoint]),
    ),
  };
  const fillIn = (more: Record<string, string>): void => {
    let text = readFileSync(join(root, '.env.example'), 'utf8');
    for (const [name, value] of Object.entries(more))
      text = text.replace(new RegExp(`^#?${name}=.*$`, 'm'), `${name}=${value}`);
    writeFileSync(file, text);
  };

  fillIn({});
  const empty = await run('doctor').ended;
  expect(empty.status).toBe(2);
  expect(empty.out).toContain('SLACK_BOT_TOKEN is missing');

  fillIn({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    ALERT_CHANNEL: 'C0ALERTS',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${join(folder, 'groupwatch.db')}`,
    HTTP_PORT: '0',
  });
  const outside = await run('doctor').ended;
  expect(outside.out).toMatch(/^FAIL {2}alert channel .*\/invite @groupwatch\.$/m);

  slack.addChannel({ id: 'C0ALERTS', name: 'alerts', members: ['U0ANA'] });
  const { out } = await run('doctor').ended;
  expect(out.match(/^(FAIL|WARN).*$/gm)).toEqual([expect.stringContaining('needless: ')]);

  const { child, ended } = run('start');
  aws.addUserToGroup({ user: 'groupwatch-trial', group: 'groupwatch-trial' });
  const card = await slack.until(
    () => slack.messages('C0ALERTS').find(({ text }) => text.includes('groupwatch-trial')),
    'the card',
    20_000,
  );
  expect(card.text).toContain('111122223333');
  child.kill('SIGTERM');
  expect((await ended).status).toBe(0);
}, 60_000);
