import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { GRANTS, isListed } from '../src/aws/calls.ts';
import { policyFor } from '../src/cli/iam-policies.ts';
import { SETTING_NAMES } from '../src/config.ts';
import { FACTORS } from '../src/domain/risk/factors.ts';
import { guide } from '../src/rules/iam-user-added-to-group-guide.ts';
import { ACTION, COMMAND, MODAL } from '../src/slack/ids.ts';
import { BOT_SCOPES } from '../src/slack/introduce.ts';
import { register } from '../src/slack/register.ts';
import { helpAnswer } from '../src/slack/views/answers/help.ts';
import { isAnswered } from '../src/use-cases/answers/finders.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const manifest = z
  .object({
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })),
    }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  })
  .parse(parse(read('manifest.yml')));

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

type Kind = 'command' | 'action' | 'view' | 'event';

/** Everything that `register` asks of Bolt, by kind. */
function registered(): Record<Kind, unknown[]> {
  const seen: Record<Kind, unknown[]> = { command: [], action: [], view: [], event: [] };
  const note = (kind: keyof typeof seen) => (id: unknown) => seen[kind].push(id);
  const app = {
    command: note('command'),
    action: note('action'),
    view: note('view'),
    event: note('event'),
    error: () => undefined,
  };
  Reflect.apply(register, undefined, [app, {}]);
  return seen;
}

describe('the manifest', () => {
  it('asks for the scopes that the program checks, and no others', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(BOT_SCOPES.toSorted());
  });

  it('has the commands that are registered', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(registered().command);
    expect(registered().command).toEqual([COMMAND]);
  });
});

describe('the events', () => {
  it('that are listened to are those that the manifest asks for', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(registered().event);
  });
});

describe('the slash command', () => {
  const words = [...JSON.stringify(helpAnswer()).matchAll(/`\/groupwatch ([a-z]+)/g)].map(
    ([, word]) => word ?? '',
  );

  it('is explained word by word in the manifest and in the README', () => {
    expect(words).toContain('audit');
    const hint = manifest.features.slash_commands[0]?.usage_hint ?? '';
    expect(hint.split('|').map((usage) => /[a-z]+/.exec(usage.split('[')[0] ?? '')?.[0])).toEqual(
      expect.arrayContaining(words),
    );
    const readme = read('README.md');
    expect(words.filter((word) => !new RegExp(`\`${word}[ \`]`).test(readme))).toEqual([]);
  });
});

describe('every id', () => {
  it('of a button or menu has its listener', () => {
    expect(registered().action.toSorted()).toEqual(Object.values(ACTION).toSorted());
  });

  it('of a modal that is submitted has its listener', () => {
    const submitted = Object.values(MODAL).filter((id) => id !== MODAL.raw);
    expect(registered().view.toSorted()).toEqual(submitted.toSorted());
  });
});

describe('.env.example', () => {
  it('has every setting, and no other', () => {
    const named = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual([...SETTING_NAMES].sort());
  });

  it('is understood by a shell, also with everything in it switched on', () => {
    const all = read('.env.example').replaceAll(/^#(?=[A-Z_]+=)/gm, '');
    const { stdout, stderr } = spawnSync('sh', ['-c', `set -a\n${all}\nenv -0`], { env: {} });
    expect(stderr.toString()).toBe('');
    const given = new Map(
      stdout
        .toString()
        .split('\0')
        .map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
    );
    expect(SETTING_NAMES.filter((name) => !given.has(name))).toEqual([]);
    const { POLL_SCHEDULE, DATABASE_URL } = Object.fromEntries(given);
    expect([POLL_SCHEDULE, DATABASE_URL]).toEqual(['*/15 * * * * *', 'file:./data/groupwatch.db']);
  });
});

describe('the README', () => {
  const readme = read('README.md');

  it('names only commands that there are', () => {
    const commands = [...readme.matchAll(/npm (?:run )?(?:--silent )?([a-z:-]+)/g)].map(
      ([, name]) => name ?? '',
    );
    const known = [...Object.keys(scripts), 'ci'];
    expect(commands.filter((command) => !known.includes(command))).toEqual([]);
    expect(commands.length).toBeGreaterThan(3);
  });

  it('says what each factor of the risk means, and what it adds', () => {
    const rows = [...read('docs/context.md').matchAll(/^\| ([A-Z][^|`]+?) +\| +(\d+) +\|/gm)].map(
      ([, title, adds]) => `${title} ${adds}`,
    );
    expect(rows.toSorted()).toEqual(FACTORS.map(({ title, adds }) => `${title} ${adds}`).sort());
  });

  it('says of each step that answers itself how, with permissions that the program has', () => {
    const answered = guide.filter(({ id }) => isAnswered(id)).map(({ id }) => id);
    const table = /## What the guide answers([\s\S]*?)\n## /.exec(read('docs/context.md'))?.[1] ?? '';
    const steps = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
    expect(steps.toSorted()).toEqual(answered.toSorted());
    const named = [...table.matchAll(/`((?:iam|cloudtrail):\w+)`/g)].map(
      ([, permission]) => permission ?? '',
    );
    expect(named.filter((permission) => !isListed(permission, 'reader'))).toEqual([]);
  });

  it('names every setting', () => {
    expect(SETTING_NAMES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('asks for the AWS permissions that are used', () => {
    const [, policy = ''] = readme.match(/```json\n([\s\S]*?)```/) ?? [];
    const place = {
      partition: 'aws',
      account: '111122223333',
      botRole: '',
      responderRole: '',
      externalId: '',
    };
    expect(JSON.parse(policy)).toEqual(policyFor('poller', { ...place, protectedPrincipals: [] }));
  });

  it('shows what doctor prints', () => {
    const shown = [...readme.matchAll(/^ +(?:ok|FAIL|WARN|-) +(.+?) {2,}(\S.*)$/gm)];
    const checks = new Set(
      readdirSync(join(root, 'src/cli/doctor')).flatMap((file) =>
        [...read(`src/cli/doctor/${file}`).matchAll(/\bof\((?:'([^']+)'|`([^`]+)`)\)/g)].map(
          ([, name, template]) => name ?? template,
        ),
      ),
    );
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.map(([, check]) => check).filter((check) => !checks.has(check))).toEqual([]);
  });
});

describe('what always holds', () => {
  const section = /\n## What always holds\n([\s\S]*?)\n## /.exec(read('src/README.md'))?.[1] ?? '';
  const promises = section.split(/\n(?=\d\. )/).slice(1);
  const checks = promises.flatMap((promise) =>
    [...promise.matchAll(/^ +- `([^`]+)`: "(.+)"$/gm)].map(
      ([, file = '', title = '']) => [file, title] as const,
    ),
  );

  it('is held by tests, each of the eight promises', () => {
    expect(promises).toHaveLength(8);
    expect(promises.filter((promise) => !/^ +- `test\/.+`: ".+"$/m.test(promise))).toEqual([]);
    // Each line with a file is understood.
    expect(section.match(/^ +- /gm)).toHaveLength(checks.length);
  });

  it.each(checks)('is held by %s: %s', (file, title) => {
    const source = read(file);
    const titled = ["'", '"', '`'].some((quote) => source.includes(`(${quote}${title}${quote},`));
    // A figure of chaos, or a title that stands on a line of its own.
    const named = new RegExp(`\\b${title}\\b`).test(source);
    expect(file.endsWith('.test.ts') ? titled : named).toBe(true);
  });
});

describe('docs/permissions.md', () => {
  const permissions = read('docs/permissions.md');

  it('has every policy that is printed', () => {
    const named = [...permissions.matchAll(/^\| `([a-z-]+)` +\| (?:Groupwatch's|the responder) /gm)].map(
      ([, name]) => name,
    );
    expect(named).toEqual([...Object.keys(GRANTS), 'trust']);
  });

  it('says of every scope what it is for', () => {
    const named = [...permissions.matchAll(/^\|([^|]+)\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/`[a-z.]+:[a-z.]+`|`commands`/g) ?? [],
    );
    expect(named.sort()).toEqual(BOT_SCOPES.map((scope) => `\`${scope}\``).sort());
  });
});

describe('every document', () => {
  const documents = [
    'README.md',
    'src/README.md',
    'test/bench/RESULTS.md',
    ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
  ];

  it.each(documents.filter((file) => file.endsWith('.md')))(
    '%s names files and headings that there are',
    (file) => {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
      for (const [, path, heading] of links) {
        const target = path ? join(root, dirname(file), path) : join(root, file);
        expect([path, existsSync(target)]).toEqual([path, true]);
        if (!heading) continue;
        const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
          text
            .toLowerCase()
            .replace(/[^\w -]/g, '')
            .replaceAll(' ', '-'),
        );
        expect(headings).toContain(heading);
      }
    },
  );
});
