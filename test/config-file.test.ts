import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configure } from '../src/config.ts';
import { configFileSchema, readConfigFile } from '../src/config-file.ts';
import { channelFor } from '../src/domain/routing.ts';
import { alertWith } from './support/alerts.ts';

const deploy = join(resolve(import.meta.dirname, '..'), 'deploy');
const example = readFileSync(join(deploy, 'config.example.yml'), 'utf8');

const GOOD = `accounts:
  - id: "111122223333"
    name: production
    roleArn: arn:aws:iam::111122223333:role/groupwatch/groupwatch-reader
    externalId: gw-7f3a
    responder:
      roleArn: arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder
      externalId: gw-9b1c
    regions: [eu-central-1]
    channel: C0PROD
    owners: [U0ANA, S0PROD]
    criticality: high
  - id: "444455556666"
    name: sandbox
routes:
  - severities: [critical]
    channel: C0URGENT
  - accounts: [production]
    groups: ["admin*"]
    channel: C0ADMINS
`;

describe('a configuration file', () => {
  it('is read', () => {
    expect(readConfigFile(GOOD)).toEqual({
      ok: true,
      accounts: [
        {
          id: '111122223333',
          name: 'production',
          reader: {
            roleArn: 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-reader',
            externalId: 'gw-7f3a',
          },
          responder: {
            roleArn: 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder',
            externalId: 'gw-9b1c',
          },
          regions: ['eu-central-1'],
          channel: 'C0PROD',
          owners: ['U0ANA', 'S0PROD'],
          criticality: 'high',
        },
        {
          id: '444455556666',
          name: 'sandbox',
          reader: undefined,
          responder: undefined,
          regions: [],
          channel: undefined,
          owners: [],
          criticality: 'normal',
        },
      ],
      routes: [
        { accounts: undefined, severities: ['critical'], channel: 'C0URGENT' },
        { accounts: ['111122223333'], groups: ['admin*'], channel: 'C0ADMINS' },
      ],
    });
  });

  it.each([
    ['is no YAML', 'accounts: [', 'line 1: '],
    ['is empty', '', 'the file'],
    [
      'has a number for an id',
      GOOD.replace('"111122223333"', '111122223333'),
      'line 2: accounts.0.id must be twelve digits in quotes',
    ],
    [
      'has a short id',
      GOOD.replace('"444455556666"', '"4444"'),
      'line 13: accounts.1.id must be twelve digits',
    ],
    ['lacks a name', GOOD.replace('    name: sandbox\n', ''), 'line 13: accounts.1.name is missing'],
    [
      'has a key that nobody knows',
      GOOD.replace('regions:', 'region:'),
      'line 2: accounts.0 Unrecognized key: "region"',
    ],
    [
      'has a channel by its name',
      GOOD.replace('C0URGENT', '"#urgent"'),
      "line 17: routes.0.channel must be a channel's id",
    ],
    ['has an owner by name', GOOD.replace('U0ANA', 'ana'), 'line 11: accounts.0.owners.0 must be a Slack id'],
    [
      'has a severity that there is not',
      GOOD.replace('[critical]', '[urgent]'),
      'line 16: routes.0.severities.0 must be low, medium, high, critical',
    ],
    [
      'names an account that there is not',
      GOOD.replace('[production]', '[prod]'),
      'line 18: routes.1.accounts.0 is none of the accounts',
    ],
    [
      'has an account twice',
      GOOD.replace('"444455556666"', '"111122223333"'),
      'line 13: accounts.1.id is there twice',
    ],
    [
      'has a name twice',
      GOOD.replace('name: sandbox', 'name: production'),
      'line 14: accounts.1.name is there twice',
    ],
    [
      "has another account's role",
      GOOD.replace('iam::111122223333:role/groupwatch/groupwatch-reader', 'iam::444455556666:role/x'),
      'line 4: accounts.0.roleArn is of another account than 111122223333',
    ],
    [
      "has another account's responder",
      GOOD.replace('iam::111122223333:role/groupwatch/groupwatch-responder', 'iam::444455556666:role/x'),
      'line 7: accounts.0.responder.roleArn is of another account',
    ],
    [
      'has an external id that no role asks for',
      GOOD.replace(/ {4}roleArn.*\n/, ''),
      'line 4: accounts.0.externalId needs a roleArn',
    ],
    [
      'has the ARN of a role for all accounts',
      'organization:\n  role: arn:aws:iam::111122223333:role/x',
      'line 2: organization.role must be the path and name of a role',
    ],
    [
      'excludes a number',
      'organization:\n  exclude: [111122223333]',
      'line 2: organization.exclude.0 must be an id in quotes',
    ],
    ['names neither accounts nor an organization', 'routes: []', 'accounts is missing'],
    ['names no account', 'accounts: []', 'line 1: accounts is empty'],
    [
      'has two accounts without a role',
      GOOD.replace(/ {4}roleArn.*\n {4}externalId.*\n/, ''),
      'needs a roleArn: the environment',
    ],
  ])('that %s is refused, with the line', (_, text, problem) => {
    const read = readConfigFile(text);
    if (read.ok) expect.fail('it was read');
    expect(read.problems.join('\n')).toContain(problem);
  });

  it('says all that is wrong with it at once', () => {
    const text = GOOD.replace('C0PROD', 'prod').replace('high', 'urgent').replace('sandbox', '""');
    const read = readConfigFile(text);
    if (read.ok) expect.fail('it was read');
    expect(read.problems.map((problem) => problem.split(' ')[2])).toEqual([
      'accounts.0.channel',
      'accounts.0.criticality',
      'accounts.1.name',
    ]);
  });
});

describe('CONFIG_FILE', () => {
  const variables = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    ALERT_CHANNEL: 'C0ALERTS',
    CONFIG_FILE: '/etc/groupwatch.yml',
  };

  it('is told with its name, among all else that is wrong', () => {
    const configured = configure({ ...variables, ALERT_CHANNEL: 'alerts' }, () => 'accounts: 1');
    expect(configured).toMatchObject({
      ok: false,
      problems: [
        expect.stringContaining('ALERT_CHANNEL'),
        'CONFIG_FILE /etc/groupwatch.yml, line 1: accounts is missing: a list of the accounts to watch',
      ],
    });
  });

  it('is told when it is not there', () => {
    expect(configure({ ...variables, CONFIG_FILE: '/nowhere/groupwatch.yml' })).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^CONFIG_FILE \/nowhere\/groupwatch.yml can't be read: .*ENOENT/)],
    });
  });

  it('takes the place of RESPONDER_ROLE_ARN', () => {
    const both = { RESPONDER_ROLE_ARN: 'arn:aws:iam::111122223333:role/x', RESPONDER_EXTERNAL_ID: 'gw' };
    expect(configure({ ...variables, ...both }, () => GOOD)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('each account names its own responder')],
    });
    expect(configure({ ...variables, RESPONSE_MODE: 'execute' }, () => GOOD)).toMatchObject({ ok: true });
  });
});

describe('routes', () => {
  const read = readConfigFile(GOOD);
  const routes = read.ok ? read.routes : [];
  it.each([
    ['low', '111122223333', 'Admins', 'C0ADMINS'],
    ['critical', '111122223333', 'Admins', 'C0URGENT'],
    ['low', '111122223333', 'developers', undefined],
    ['low', '444455556666', 'admins', undefined],
    ['critical', '444455556666', 'developers', 'C0URGENT'],
  ] as const)('lead a %s alert of %s about %s to %s', (severity, account, object, channel) => {
    const alert = alertWith({ severity, account });
    const { cause } = alert;
    const about = cause.is === 'match' ? { ...alert, cause: { ...cause, object } } : alert;
    expect(channelFor(about, routes)).toBe(channel);
  });

  it('by group lead no record that could not be read', () => {
    const unreadable = { ...alertWith({}), cause: { is: 'unreadable', why: '' } } as const;
    expect(channelFor(unreadable, [{ groups: ['*'], channel: 'C0ANY' }])).toBeUndefined();
  });
});

describe('what is under deploy/', () => {
  it('has the JSON Schema that npm run config-schema prints', () => {
    const schema = JSON.parse(readFileSync(join(deploy, 'config.schema.json'), 'utf8'));
    expect(schema).toEqual(configFileSchema());
  });

  it('has an example that is read, with every key of an account', () => {
    expect(readConfigFile(example)).toMatchObject({ ok: true });
    const [first] = parse(example).accounts;
    expect(Object.keys(first).sort()).toEqual(
      [
        'id',
        'name',
        'roleArn',
        'externalId',
        'responder',
        'regions',
        'channel',
        'owners',
        'criticality',
      ].sort(),
    );
    expect(example).toContain('$schema=config.schema.json');
  });

  it('has an example of an organization, with every key of it', () => {
    const uncommented = example.replaceAll(/^#(?=organization:| {2})/gm, '');
    expect(readConfigFile(uncommented)).toMatchObject({ ok: true, organization: { criticality: 'normal' } });
    const schema = JSON.parse(readFileSync(join(deploy, 'config.schema.json'), 'utf8'));
    const known = Object.keys(schema.properties.organization.properties);
    expect(Object.keys(parse(uncommented).organization).sort()).toEqual(known.sort());
  });
});
