import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** What each part may import besides itself. `*` is everything. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ['rules'],
  rules: ['domain'],
  ports: ['domain'],
  'use-cases': ['domain', 'rules', 'ports'],
  aws: ['ports'],
  cloudtrail: ['domain', 'ports', 'aws'],
  iam: ['domain', 'ports', 'aws'],
  storage: ['domain', 'ports'],
  slack: ['domain', 'rules', 'ports', 'use-cases', 'work'],
  polling: ['domain', 'rules', 'ports', 'use-cases', 'work'],
  work: ['domain', 'ports'],
  metrics: ['domain', 'ports', 'use-cases'],
  standins: [],
  config: ['domain', 'config-file'],
  'config-file': ['domain'],
  health: [],
  log: ['ports', 'redact'],
  redact: [],
  version: [],
  status: ['*'],
  bursts: ['*'],
  'prompt-jobs': ['*'],
  watch: ['*'],
  clockwork: ['*'],
  responses: ['*'],
  exceptions: ['*'],
  questions: ['*'],
  context: ['*'],
  access: ['*'],
  accounts: ['*'],
  crew: ['*'],
  'look-up-in': ['*'],
  organization: ['*'],
  dispatch: ['*'],
  reload: ['*'],
  stopping: ['*'],
  app: ['*'],
  bolt: ['*'],
  main: ['*'],
  run: ['*'],
  cli: ['*'],
  demo: ['*'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(src, file));

/** The first folder under src, or the file's own name. */
const partOf = (file: string): string => relative(src, file).split('/')[0]?.replace(/\.ts$/, '') ?? '';

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'/gms)].flatMap(([, name]) => name ?? []);
}

describe('imports run one way', () => {
  it.each(files.map((file) => [relative(root, file), file]))('%s', (_, file) => {
    const part = partOf(file);
    const allowed = MAY_IMPORT[part];
    expect(allowed, `${part} has no place in this test's table`).toBeDefined();
    if (allowed?.includes('*')) return;
    for (const name of importsOf(file).filter((one) => one.startsWith('.'))) {
      const target = partOf(resolve(dirname(file), name));
      expect([part, ...(allowed ?? [])], `${relative(root, file)} imports ${name}`).toContain(target);
    }
  });
});

describe('what only one place may do', () => {
  const naming = (text: string | RegExp): string[] =>
    files
      .filter((file) => readFileSync(file, 'utf8').match(text))
      .map((file) => relative(src, file))
      .filter((file) => !file.startsWith('standins/') && !file.startsWith('demo'));

  it('reads the environment only where a process begins', () => {
    expect(naming(/process\.env\b/).toSorted()).toEqual([
      'cli/audit.ts',
      'cli/backup.ts',
      'cli/doctor.ts',
      'cli/stats.ts',
      'main.ts',
    ]);
  });

  it('names AddUserToGroup in rules, and where a response may call it', () => {
    const may = ['rules/', 'domain/response/', 'iam/', 'storage/response-row.ts'];
    const elsewhere = naming(/['"`]AddUserToGroup/).filter(
      (file) => !may.some((part) => file.startsWith(part)),
    );
    expect(elsewhere).toEqual([]);
  });

  it('makes mrkdwn in one file only', () => {
    expect(naming(/type: 'mrkdwn'/)).toEqual(['slack/text.ts']);
  });
});
