import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTING_NAMES } from '../src/config.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const lines = (file: string): string[] =>
  read(file)
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'));

const npm = z
  .object({
    version: z.string(),
    scripts: z.record(z.string(), z.string()),
    engines: z.object({ node: z.string() }),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));

const [leastMajor = 0, leastMinor = 0] = (npm.engines.node.match(/\d+/g) ?? []).map(Number);
const satisfies = (version: string): boolean => {
  const [major = 0, minor = Number.POSITIVE_INFINITY] = version.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
};

describe('the Dockerfile', () => {
  const dockerfile = lines('Dockerfile').join('\n');
  const words = (instruction: string): unknown =>
    JSON.parse(new RegExp(`^${instruction}[^[]*(\\[.*\\])$`, 'ms').exec(dockerfile)?.[1] ?? '');

  it('has the Node that the project is tested on, which engines allow, in both stages', () => {
    const versions = [...dockerfile.matchAll(/^FROM node:([\d.]+)-\S+/gm)].map(([, version]) => version);
    expect(versions).toEqual([npm.devDependencies.node, npm.devDependencies.node]);
    expect(versions.every((version) => satisfies(version ?? ''))).toBe(true);
  });

  it('starts what npm start does, not as root, with a check of its health', () => {
    expect(words('CMD')).toEqual(npm.scripts.start?.split(' '));
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '));
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n\s+CMD \["node", "-e", ".*\/healthz/m);
  });

  it('copies what there is and what is given to it, and sets settings that there are', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    const given = lines('.dockerignore').filter((line) => line.startsWith('!'));
    expect([...new Set(copied)].sort()).toEqual(given.map((line) => line.slice(1)).sort());
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const [, set = ''] = /^ENV (.+)$/m.exec(dockerfile) ?? [];
    const names = set.split(' ').map((one) => one.split('=')[0] ?? '');
    expect(names.filter((name) => ![...SETTING_NAMES, 'NODE_ENV'].includes(name))).toEqual([]);
  });

  it('leaves out nothing that the program imports', () => {
    const left = lines('.dockerignore').filter((line) => line.startsWith('src/'));
    expect(left.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const isLeft = (file: string) => left.some((one) => file === one || file.startsWith(`${one}/`));
    const kept = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((file) => `src/${file}`)
      .filter((file) => file.endsWith('.ts') && !isLeft(file));
    const needing = kept.filter((file) =>
      [...read(file).matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].some(([, name = '']) =>
        isLeft(join(file, '..', name)),
      ),
    );
    expect(needing).toEqual([]);
    expect(kept).toContain('src/cli/doctor.ts');
  });
});

describe('compose.yml', () => {
  const service = z.object({
    build: z.string().optional(),
    env_file: z.string().optional(),
    environment: z.record(z.string(), z.string()),
    read_only: z.boolean().optional(),
  });
  const { services } = z
    .object({ services: z.object({ groupwatch: service, postgres: service }) })
    .parse(parse(read('compose.yml')));

  it('runs the image read-only, on settings that there are, against its own PostgreSQL', () => {
    const { build, environment, read_only, env_file } = services.groupwatch;
    expect({ build, read_only, env_file }).toEqual({ build: '.', read_only: true, env_file: '.env' });
    expect(Object.keys(environment).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
    const { POSTGRES_USER: user, POSTGRES_DB: name } = services.postgres.environment;
    expect(environment.DATABASE_URL).toMatch(new RegExp(`^postgres://${user}:.*@postgres/${name}$`));
  });
});

describe('the systemd unit', () => {
  const settings = lines('deploy/groupwatch.service').map((line) => line.split(/=(.*)/));
  const all = (name: string) => settings.filter(([key]) => key === name).map(([, value]) => value);

  it('starts what npm start does, by the Node that npm ci brings', () => {
    const [home] = all('WorkingDirectory');
    expect(all('ExecStart')).toEqual([`${home}/node_modules/.bin/${npm.scripts.start}`]);
    expect(Object.keys(npm.devDependencies)).toContain('node');
  });

  it('sets settings that there are, and writes to its own state alone', () => {
    const set = all('Environment').map((one = '') => one.split('='));
    expect(set.map(([name = '']) => name).filter((name) => !SETTING_NAMES.includes(name))).toEqual([
      'NODE_ENV',
    ]);
    expect(Object.fromEntries(set).DATABASE_URL).toContain(`/var/lib/${all('StateDirectory')[0]}/`);
    expect(all('ProtectSystem')).toEqual(['strict']);
    expect(all('DynamicUser')).toEqual(['yes']);
  });

  it('is sections of settings', () => {
    const odd = lines('deploy/groupwatch.service').filter(
      (line) => !/^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.*)$/.test(line),
    );
    expect(odd).toEqual([]);
  });
});

describe("GitHub's CI", () => {
  const workflow = z
    .object({
      permissions: z.object({ contents: z.literal('read') }),
      jobs: z.object({
        test: z.object({
          strategy: z.object({ matrix: z.object({ node: z.array(z.string()) }) }),
          steps: z.array(z.object({ run: z.string().optional() })),
        }),
        debian: z.object({
          container: z.literal(`node:${npm.devDependencies.node}-bookworm`),
          steps: z.array(z.object({ run: z.string().optional() })),
        }),
      }),
    })
    .parse(parse(read('.github/workflows/ci.yml')));
  const { steps, strategy } = workflow.jobs.test;

  it('runs on every Node that is supported and that engines allow', () => {
    expect(strategy.matrix.node).toEqual(['24', '26']);
    expect(strategy.matrix.node.every(satisfies)).toBe(true);
  });

  it('does all that .ci/run does, in that order, and the browser tests where there is a browser', () => {
    expect(workflow.jobs.debian.steps.map(({ run }) => run)).toContain('.ci/run');
    const local = lines('.ci/run').filter((line) => line.startsWith('npm ') && !line.includes('browser'));
    const runs = steps.flatMap(({ run = '' }) => (run.startsWith('npm ') ? run : []));
    expect(runs).toEqual(local);
    expect(local.length).toBeGreaterThan(3);
  });
});

describe('the manifest in HTTP mode', () => {
  it('says where Slack sends what people do', () => {
    const changed = parse(read('manifest.yml').replaceAll('# HTTP mode: ', ''));
    const { features, settings } = z
      .object({
        features: z.object({ slash_commands: z.array(z.object({ url: z.string() })) }),
        settings: z.object({ interactivity: z.object({ request_url: z.string() }) }),
      })
      .parse(changed);
    const urls = [...features.slash_commands.map(({ url }) => url), settings.interactivity.request_url];
    expect(new Set(urls)).toEqual(new Set(['https://YOUR-HOST/slack/events']));
  });
});

describe('the documents beside the README', () => {
  const documents = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

  it.each(documents)('%s names only files and commands that there are', (document) => {
    const text = read(document);
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, file = '']) => file);
    expect(linked.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const commands = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in npm.scripts))).toEqual([]);
  });

  it('the changelog has the version of package.json', () => {
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## ${npm.version}\\b`, 'm'));
  });
});
