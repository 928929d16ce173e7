import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { AWS_CALLS } from '../../src/aws/calls.ts';
import { probesIn } from '../../src/cli/doctor/probes.ts';
import { exitCodeOf, inLines } from '../../src/cli/doctor/report.ts';
import { trustPolicy } from '../../src/cli/iam-policies.ts';
import { BOT_SCOPES } from '../../src/slack/introduce.ts';
import { openAlone } from '../../src/storage/alone.ts';
import { openStorage } from '../../src/storage/open.ts';
import { freshDatabase } from '../support/database.ts';
import { giveBot, giveResponder, type Installation, install, PLACE } from '../support/examined.ts';
import { runProgram } from '../support/program.ts';

const root = resolve(import.meta.dirname, '../..');
const CHANNEL = { channel: 'C0ALERTS' };

it('finds nothing wrong where nothing is', async () => {
  await using installation = await install();
  const findings = await installation.examine();
  expect(findings.filter(({ is }) => is !== 'well')).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual([
    'settings',
    'Node',
    'database',
    'Slack bot token',
    'Slack scopes',
    'alert channel',
    'responders',
    'approvers',
    'clock against Slack',
    'Socket Mode',
    'AWS credentials',
    'LookupEvents',
    'clock against AWS',
    'event age',
    'IAM reads',
    'responder role',
    'responder role',
    'responder may',
    'responder may not',
  ]);
  expect(installation.aws.calls.filter(({ name }) => /^iam:(?!Get|List|Simulate)/.test(name))).toEqual([]);
});

it('tries every permission to read that the program has', () => {
  const reads = AWS_CALLS.filter(({ grant }) => grant === 'enricher')
    .map(({ permission }) => permission)
    // The watch itself needs it, and is tried apart.
    .filter((permission) => permission !== 'cloudtrail:LookupEvents');
  expect(Object.keys(probesIn('aws')).sort()).toEqual(reads.toSorted());
});

type Break = (installation: Installation) => unknown;
/** What is broken, how, and the check that tells: how bad, with which words, and with which remedy. */
type Case = [string, Break, [check: string, is: 'odd' | 'ill' | 'unchecked', says: string, remedy?: string]];

const set = (name: string, value: string) => (one: Installation) => {
  one.variables[name] = value;
};
const channel = (as: object) => (one: Installation) =>
  one.slack.addChannel({ id: 'C0ALERTS', name: 'alerts', ...as });

const SLACK_CASES: Case[] = [
  [
    'a token that Slack does not know',
    set('SLACK_BOT_TOKEN', 'xoxb-wrong'),
    ['Slack bot token', 'ill', 'does not accept SLACK_BOT_TOKEN (invalid_auth)', 'Bot User OAuth Token'],
  ],
  [
    'no Slack to be reached',
    set('SLACK_API_URL', 'http://127.0.0.1:9/api/'),
    ['Slack bot token', 'ill', "Slack can't be reached", 'SLACK_API_URL'],
  ],
  [
    'an app-level token that Slack does not know',
    set('SLACK_APP_TOKEN', 'xapp-wrong'),
    ['Socket Mode', 'ill', 'opens no socket for SLACK_APP_TOKEN (invalid_auth)', 'connections:write'],
  ],
  [
    'HTTP mode',
    (one) => Object.assign(one.variables, { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'example-secret' }),
    ['Socket Mode', 'unchecked', 'port 3000'],
  ],
  [
    'a channel that is not there',
    set('ALERT_CHANNEL', 'C0NOWHERE'),
    ['alert channel', 'ill', 'C0NOWHERE (channel_not_found)', 'Check the id'],
  ],
  ['an archived channel', channel({ isArchived: true }), ['alert channel', 'ill', 'is archived', 'another']],
  [
    'a shared channel',
    channel({ isExtShared: true }),
    ['alert channel', 'ill', 'shared with another company', 'another'],
  ],
  [
    'a channel without the bot',
    channel({ botIsMember: false }),
    ['alert channel', 'ill', "the bot isn't in #alerts", '/invite @groupwatch'],
  ],
  [
    'responders who may not act, or are nobody',
    (one) => {
      one.slack.addPerson({ id: 'U0GUEST', name: 'Gil', isRestricted: true });
      one.slack.addPerson({ id: 'U0GONE', name: 'Gus', deleted: true });
      one.slack.addUserGroup({ id: 'S0EMPTY', handle: 'empty', users: [] });
      one.variables.RESPONDERS = 'U0ANA,U0GUEST,U0GONE,U0NOBODY,S0EMPTY,S0NOWHERE';
    },
    [
      'responders',
      'odd',
      "the user group S0EMPTY is empty; the user group S0NOWHERE can't be read (no_such_subteam); U0GUEST (Gil) is a guest; U0GONE (Gus) is deactivated; U0NOBODY can't be looked up (user_not_found)",
      'RESPONDERS',
    ],
  ],
  [
    'responders of whom nobody may act',
    set('RESPONDERS', 'U0NOBODY'),
    ['responders', 'ill', 'nobody can act', 'RESPONDERS'],
  ],
  [
    'one approver only',
    set('APPROVERS', 'U0BEN'),
    ['approvers', 'odd', 'only U0BEN can approve, and nobody approves a request of their own', 'APPROVERS'],
  ],
  [
    'approvers of whom nobody may approve',
    set('APPROVERS', 'S0NOWHERE'),
    ['approvers', 'ill', 'nobody can approve', 'APPROVERS'],
  ],
  ['no approvers', set('APPROVERS', ''), ['approvers', 'ill', 'nothing is ever executed', 'APPROVERS']],
  [
    'no approvers, where people run the commands',
    (one) => Object.assign(one.variables, { APPROVERS: '', RESPONSE_MODE: 'request' }),
    ['approvers', 'unchecked', 'nobody is asked'],
  ],
  [
    'an escalation to somebody who is nobody',
    set('ESCALATE_TO', 'U0NOBODY'),
    ['escalation', 'odd', "U0NOBODY can't be looked up (user_not_found)", 'ESCALATE_TO'],
  ],
];

const AWS_CASES: Case[] = [
  [
    'credentials that have expired',
    ({ aws }) => aws.faults.expired(true),
    ['AWS credentials', 'ill', 'expired', 'AWS_PROFILE'],
  ],
  [
    'no permission to look events up',
    (one) => giveBot(one, ['cloudtrail:LookupEvents']),
    ['LookupEvents', 'ill', 'not authorized to perform: cloudtrail:LookupEvents', 'iam-policy -- poller'],
  ],
  [
    'a quota that others use up',
    ({ aws }) => aws.faults.throttle(2),
    ['LookupEvents', 'odd', 'Throttling', 'uses up the quota'],
  ],
  [
    "a clock that is wrong by AWS's",
    ({ aws }) => aws.faults.skew(120_000),
    ['clock against AWS', 'ill', 'behind that of AWS', 'NTP'],
  ],
  [
    'reads that are not allowed',
    (one) => giveBot(one, ['iam:GetUser', 'iam:GetGroup', 'iam:GetAccessKeyLastUsed']),
    ['IAM reads', 'ill', "not allowed: iam:GetUser, iam:GetGroup; iam:GetAccessKeyLastUsed can't be told"],
  ],
  [
    'the same where people run the commands',
    (one) => {
      giveBot(one, ['iam:GetUser']);
      one.variables.RESPONSE_MODE = 'request';
    },
    ['IAM reads', 'odd', 'not allowed: iam:GetUser', 'iam-policy -- enricher'],
  ],
  [
    'a responder role of another account',
    set('RESPONDER_ROLE_ARN', 'arn:aws:iam::444455556666:role/groupwatch-responder'),
    ['responder role', 'ill', 'of account 444455556666', 'account that is watched'],
  ],
  [
    'an external id that the role does not take',
    set('RESPONDER_EXTERNAL_ID', 'another'),
    ['responder role', 'ill', "can't be assumed", 'iam-policy -- trust'],
  ],
  [
    'a role that asks for no external id',
    ({ aws }) => {
      const { Version, Statement } = trustPolicy(PLACE);
      const open = Statement.map((one) => ({ ...one, Condition: undefined }));
      giveResponder(aws, { trust: { Version, Statement: open } });
    },
    ['responder role', 'odd', 'without the external id', 'iam-policy -- trust'],
  ],
  [
    'a responder that lacks a permission',
    ({ aws }) => giveResponder(aws, { without: ['iam:UpdateAccessKey'] }),
    ['responder may', 'ill', 'not iam:UpdateAccessKey.', 'iam-policy -- responder'],
  ],
  [
    'no permission to ask what it could do',
    (one) => giveBot(one, ['iam:SimulatePrincipalPolicy']),
    [
      'responder may',
      'odd',
      'not authorized to perform: iam:SimulatePrincipalPolicy',
      'iam-policy -- doctor',
    ],
  ],
  [
    'a responder that touches the protected',
    ({ aws }) => giveResponder(aws, { place: { ...PLACE, protectedPrincipals: [] } }),
    ['responder may not', 'odd', 'though it could: touch arn:aws:iam::111122223333:user/break-glass/*'],
  ],
  [
    'a responder that could do anything',
    ({ aws }) =>
      aws.given.role({
        name: 'groupwatch-responder',
        path: '/groupwatch/',
        trust: trustPolicy(PLACE),
        attached: ['AdministratorAccess'],
      }),
    ['responder may not', 'odd', 'attach AdministratorAccess; touch what has the tag groupwatch-protected'],
  ],
  [
    'no responder role',
    (one) =>
      Object.assign(one.variables, {
        RESPONSE_MODE: 'request',
        RESPONDER_ROLE_ARN: '',
        RESPONDER_EXTERNAL_ID: '',
      }),
    ['responder role', 'unchecked', 'people run the commands'],
  ],
];

/** A database file that was used once, as `change` leaves it. */
const usedFile = (change: (database: SQLite.Database) => void) => async (one: Installation) => {
  await (await openStorage(one.database.url, CHANNEL)).close();
  const database = new SQLite(one.database.url.slice('file:'.length));
  change(database);
  database.close();
};
const newer = "insert into kysely_migration (name, timestamp) values ('9999-newer', '2030')";
const older = "delete from kysely_migration where name = '0004-responses'";
const beat = (database: SQLite.Database) =>
  database
    .prepare(
      'insert into replica (holder, host, pid, version, started_at, seen_at) values (?, ?, ?, ?, ?, ?)',
    )
    .run('h', 'web-1', 42, '0.0.9', Date.now(), Date.now());

const DATABASE_CASES: Case[] = [
  [
    'a place where no file can be',
    set('DATABASE_URL', `file:${root}/package.json/groupwatch.db`),
    ['database', 'ill', "can't be used", "can't be made: check the path"],
  ],
  [
    'a file that is no database',
    (one) => {
      const path = one.database.url.slice('file:'.length);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'this is no database, but long enough for one to be looked for in it\n'.repeat(9));
    },
    ['database', 'ill', "can't be used", 'is not a database of Groupwatch'],
  ],
  [
    'a database of a newer version',
    usedFile((database) => database.exec(newer)),
    ['database', 'ill', 'a newer version of Groupwatch (9999-newer)', 'Start that version'],
  ],
  [
    'an older version that runs',
    usedFile((database) => {
      database.exec(older);
      beat(database);
    }),
    ['database', 'odd', 'lacks 0004-responses: an older version runs on it', 'Stop that one'],
  ],
  [
    'a PostgreSQL server that is not there',
    set('DATABASE_URL', 'postgres://groupwatch:hunter2@127.0.0.1:9/groupwatch'),
    ['database', 'ill', 'PostgreSQL 127.0.0.1:9/groupwatch', 'check host, database, user and password'],
  ],
];

it.each([...SLACK_CASES, ...AWS_CASES, ...DATABASE_CASES])('tells of %s', async (_, breakIt, expected) => {
  await using installation = await install();
  await breakIt(installation);
  const [check, is, says, remedy = ''] = expected;
  const findings = await installation.examine();
  expect(findings).toContainEqual({
    check,
    is,
    says: expect.stringContaining(says),
    ...(is !== 'unchecked' && { remedy: expect.stringContaining(remedy) }),
  });
  expect(inLines(findings)).not.toMatch(/xoxb-standin|xapp-standin|hunter2|example-secret/);
});

describe('settings', () => {
  it('are told all at once when they are wrong, and all else waits for them', async () => {
    await using installation = await install();
    const { variables, slack } = installation;
    Object.assign(variables, { SLACK_BOT_TOKEN: 'wrong', ALERT_CHANNEL: '#alerts', HTTP_PORT: 'x' });
    const findings = await installation.examine();
    const settings = findings.filter(({ check }) => check === 'settings');
    expect(settings.map(({ says }) => says.split(' ')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'ALERT_CHANNEL',
      'HTTP_PORT',
    ]);
    expect(exitCodeOf(findings)).toBe(2);
    expect(slack.calls).toEqual([]);
  });
});

describe('Slack scopes', () => {
  it('are told when one is missing', async () => {
    await using installation = await install(BOT_SCOPES.slice(1));
    expect(await installation.examine()).toContainEqual({
      check: 'Slack scopes',
      is: 'ill',
      says: 'missing: chat:write.',
      remedy: expect.stringContaining('manifest.yml'),
    });
  });

  it('are told when one is needless', async () => {
    await using installation = await install([...BOT_SCOPES, 'admin']);
    expect(await installation.examine()).toContainEqual({
      check: 'Slack scopes',
      is: 'odd',
      says: expect.stringContaining('needless: admin.'),
      remedy: expect.stringContaining('manifest.yml'),
    });
  });
});

it('tells when Node is too old, and when the clock is off by that of Slack', async () => {
  await using installation = await install();
  const findings = await installation.examine({ nodeVersion: '22.21.0', now: () => Date.now() + 600_000 });
  expect(findings).toContainEqual({
    check: 'Node',
    is: 'ill',
    says: expect.stringMatching(/22\.21\.0 runs this, and >=24\.\d+ is needed/),
    remedy: expect.stringContaining('npm ci'),
  });
  for (const whose of ['Slack', 'AWS']) {
    expect(findings).toContainEqual({
      check: `clock against ${whose}`,
      is: 'ill',
      says: expect.stringMatching(/^this machine's clock is (9|10) min.* ahead of that of/),
      remedy: 'Set it by NTP.',
    });
  }
});

it('tells when the event history is empty', async () => {
  await using installation = await install();
  Object.assign(installation.variables, { AWS_REGION: 'us-gov-west-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01' });
  expect(await installation.examine()).toContainEqual({
    check: 'event age',
    is: 'odd',
    says: 'the event history in us-gov-west-1 is empty. No alert was raised yet.',
    remedy: expect.stringContaining('AWS_REGION'),
  });
});

it('tells when nothing younger than a day is in the event history', async () => {
  await using installation = await install();
  const findings = await installation.examine({ now: () => Date.now() + 2 * 86_400_000 });
  expect(findings).toContainEqual({
    check: 'event age',
    is: 'odd',
    says: expect.stringMatching(/the newest event in us-east-1 is 2 d.* old/),
    remedy: expect.stringContaining('CloudTrail may be late'),
  });
});

describe('with CONFIG_FILE', () => {
  const listing = async (one: Installation, text: string) => {
    const file = join(dirname(one.database.url.slice('file:'.length)), 'config.yml');
    writeFileSync(file, text);
    Object.assign(one.variables, {
      CONFIG_FILE: file,
      RESPONSE_MODE: 'request',
      RESPONDER_ROLE_ARN: '',
      RESPONDER_EXTERNAL_ID: '',
    });
    return one.examine();
  };
  const ACCOUNTS = `accounts:
  - id: "111122223333"
    name: home
    owners: [U0ANA, U0NOBODY]
  - id: "444455556666"
    name: production
    roleArn: arn:aws:iam::444455556666:role/groupwatch/groupwatch-reader
    externalId: gw-prod
    channel: C0CLOSED
`;

  it('checks every account, channel and owner', async () => {
    await using one = await install();
    one.slack.addChannel({ id: 'C0CLOSED', name: 'closed', isArchived: true });
    const findings = await listing(one, ACCOUNTS);
    const checks = findings.map(({ check }) => check);
    expect(checks.filter((check) => check.startsWith('home: '))).toHaveLength(6);
    expect(findings.filter(({ is }) => is === 'ill' || is === 'odd')).toEqual([
      {
        check: 'alert channel',
        is: 'odd',
        says: '#closed (C0CLOSED) is archived. Its alerts come to ALERT_CHANNEL.',
        remedy: 'Choose another one.',
      },
      {
        check: 'owners',
        is: 'odd',
        says: "U0NOBODY can't be looked up (user_not_found).",
        remedy: expect.stringContaining('CONFIG_FILE'),
      },
      {
        check: 'production: AWS credentials',
        is: 'ill',
        says: expect.stringMatching(
          /assuming the role arn:aws:iam::444455556666:role\/groupwatch\/groupwatch-reader of the account production \(444455556666\)/,
        ),
        remedy: expect.stringContaining('assume-others'),
      },
    ]);
  });

  const ORGANIZATION = `organization:
  externalId: gw-org
  exclude: [sandbox]
routes:
  - accounts: [home, nowhere]
    channel: C0ALERTS
`;

  it('lists the accounts of the organization, and checks each', async () => {
    await using one = await install();
    one.aws.members.set(PLACE.account, 'home').set('444455556666', 'data').set('777788889999', 'sandbox');
    const findings = await listing(one, ORGANIZATION);
    expect(findings.filter(({ check }) => check === 'organization')).toEqual([
      {
        check: 'organization',
        is: 'well',
        says: 'AWS lists 3 accounts, 3 of them active; 1 are excluded, 2 are watched.',
      },
      {
        check: 'organization',
        is: 'odd',
        says: 'routes name nowhere, and no such account is watched.',
        remedy: 'Mend CONFIG_FILE.',
      },
    ]);
    const checks = findings.map(({ check }) => check);
    expect(checks).toContain('home: LookupEvents');
    expect(findings.find(({ check }) => check === 'data: AWS credentials')?.says).toContain(
      'arn:aws:iam::444455556666:role/groupwatch/groupwatch-reader',
    );
    expect(checks.some((check) => check.startsWith('sandbox'))).toBe(false);
  });

  it('says what to do when AWS does not list them', async () => {
    await using one = await install();
    giveBot(one, ['organizations:ListAccounts']);
    const findings = await listing(one, ORGANIZATION);
    expect(findings.find(({ check }) => check === 'organization')).toEqual({
      check: 'organization',
      is: 'ill',
      says: expect.stringMatching(
        /listing the accounts of the organization.*grant organizations:ListAccounts/,
      ),
      remedy: expect.stringContaining('delegated administrator'),
    });
  });

  it('tells every mistake in the file, with its line', async () => {
    await using one = await install();
    const findings = await listing(
      one,
      ACCOUNTS.replace('"444455556666"', '444455556666').replace('U0ANA', 'ana'),
    );
    expect(findings.filter(({ check }) => check === 'settings').map(({ says }) => says)).toEqual([
      expect.stringMatching(/config\.yml, line 4: accounts\.0\.owners\.0 must be a Slack id/),
      expect.stringMatching(/config\.yml, line 5: accounts\.1\.id must be twelve digits in quotes/),
    ]);
  });
});

describe('the database', () => {
  const found = async (one: Installation) =>
    (await one.examine()).find(({ check }) => check === 'database') ?? expect.fail('no finding');

  it('is told to be in use by Groupwatch, which is well', async () => {
    await using one = await install();
    const storage = await openAlone(one.database.url, CHANNEL);
    const at = Date.now();
    await storage.replicas.beat({
      holder: 'h',
      host: 'web-1',
      pid: 42,
      version: '0.1.0',
      startedAt: at,
      seenAt: at,
    });
    expect(await found(one)).toMatchObject({
      is: 'well',
      says: expect.stringContaining('in use by Groupwatch 0.1.0, process 42 on web-1'),
    });
    await storage.close();
    expect(await found(one)).toMatchObject({ is: 'well', says: expect.stringContaining('in use by') });
  });

  it('is told to be kept by a process that hangs', async () => {
    await using one = await install();
    const storage = await openAlone(one.database.url, CHANNEL);
    expect(await found(one)).toMatchObject({ is: 'odd', says: expect.stringContaining('no sign of life') });
    await storage.close();
    expect(await found(one)).toMatchObject({
      is: 'well',
      says: expect.stringContaining('nobody runs on it'),
    });
  });

  it('is told to be locked by another program', async () => {
    await using one = await install();
    await (await openStorage(one.database.url, CHANNEL)).close();
    const other = new SQLite(one.database.url.slice('file:'.length));
    other.exec('begin immediate');
    expect(await found(one)).toMatchObject({
      is: 'ill',
      remedy: expect.stringContaining('another program has it open'),
    });
    other.close();
  });

  it('is told to be new, and is not made', async () => {
    await using one = await install();
    expect(await found(one)).toMatchObject({ is: 'well', says: expect.stringContaining("isn't there yet") });
    expect(await found(one)).toMatchObject({ is: 'well', says: expect.stringContaining("isn't there yet") });
  });

  it('is told to take no writes, where it is PostgreSQL', async () => {
    await using one = await install();
    const database = await freshDatabase('postgres', { empty: true });
    one.variables.DATABASE_URL = database.url;
    expect(await found(one)).toMatchObject({
      is: 'well',
      says: expect.stringContaining('the next start makes'),
    });
    await (await openStorage(database.url, CHANNEL)).close();
    expect(await found(one)).toMatchObject({ is: 'well', says: expect.stringContaining('takes writes') });
    const admin = new pg.Client({ connectionString: `${inject('postgres')}/postgres` });
    await admin.connect();
    await admin.query("create role onlooker login password 'onlooker'");
    one.variables.DATABASE_URL = database.url.replace('postgres:postgres@', 'onlooker:onlooker@');
    expect(await found(one)).toMatchObject({ is: 'ill', remedy: expect.stringContaining('(42501)') });
    await admin.query('drop role onlooker');
    await admin.end();
    await database.remove();
  });
});

describe('npm run doctor', () => {
  const doctor = (one: Installation, ...args: string[]) =>
    runProgram('src/cli/doctor.ts', args, one.variables);

  it('prints a line a check, and ends with 0 when all is well', async () => {
    await using one = await install();
    const { out, err, status } = await doctor(one);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(19);
    expect(lines[0]).toMatch(/^ok {4}settings +all can be read\.$/);
  });

  it('ends with 1 when something is odd, as JSON when asked', async () => {
    await using one = await install();
    one.variables.APPROVERS = 'U0BEN';
    const { out, status } = await doctor(one, '--json');
    expect(status).toBe(1);
    const { exit, findings } = JSON.parse(out);
    expect(exit).toBe(1);
    expect(findings).toContainEqual({
      check: 'approvers',
      is: 'odd',
      says: expect.stringContaining('only U0BEN'),
      remedy: expect.any(String),
    });
  });

  it('ends with 2 when something is broken, with the remedy on the line', async () => {
    await using one = await install();
    one.slack.addChannel({ id: 'C0ALERTS', name: 'alerts', botIsMember: false });
    const { out, status } = await doctor(one);
    expect(status).toBe(2);
    expect(out).toMatch(/^FAIL {2}alert channel +the bot isn't in .* \/invite @groupwatch\.$/m);
  });

  it('ends with 2 and its usage when it is misused', async () => {
    await using one = await install();
    const { err, status } = await doctor(one, '--jsno');
    expect(status).toBe(2);
    expect(err).toContain('usage: npm run doctor');
  });
});
