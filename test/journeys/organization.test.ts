import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsOf } from '../../src/config.ts';
import { organization, organizationOf } from '../../src/config-file/organization.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const HOME = '111122223333';
const [SHOP, DATA, CLOSED] = ['444455556666', '777788889999', '222233334444'];
const [SANDBOX, LATER] = ['555566667777', '999900001111'];
const SHOP_CHANNEL = 'C0SHOP';
const DAY = 86_400_000;

const CONFIG = `
accounts:
  - id: "${SHOP}"
    name: the shop
    roleArn: arn:aws:iam::${SHOP}:role/groupwatch/groupwatch-reader
    externalId: gw-org
    channel: ${SHOP_CHANNEL}
organization:
  externalId: gw-org
  exclude: [sandbox-*]
  criticality: high
`;

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HOME}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'gw-org' } },
    },
  ],
};

describe('an organization whose accounts AWS lists', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groupwatch-organization-'));
  const file = join(folder, 'config.yml');
  let world: World;

  const find = (channel: string, words: string): Promise<Message> =>
    world.slack.until(() => world.slack.messages(channel).find(({ text }) => text.includes(words)), words);
  const assumedIn = (id: string) =>
    world.aws.calls.filter(
      ({ name, parameters }) => name === 'sts:AssumeRole' && JSON.stringify(parameters).includes(id),
    );
  const status = async (): Promise<string> => {
    const before = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, '/groupwatch', 'status');
    return JSON.stringify(await world.slack.until(() => world.ana.ephemerals()[before], 'status'));
  };

  beforeAll(async () => {
    writeFileSync(file, CONFIG);
    const read = accountsOf(file);
    if (!read.ok) throw new Error(read.problems.join());
    const { accounts, organization, routes } = read;
    world = await startWorld({
      aws: { accounts: [SHOP, DATA, CLOSED, SANDBOX, LATER], pageSize: 2 },
      settings: { accounts, organization, routes, configFile: file },
      prepare(slack, aws) {
        slack.addChannel({ id: SHOP_CHANNEL, name: 'shop', members: ['U0ANA'] });
        const names = { [HOME]: 'hub', [SHOP]: 'shop-prod', [DATA]: 'data', [CLOSED]: 'closed' };
        for (const [id, name] of Object.entries({ ...names, [SANDBOX]: 'Sandbox-7' }))
          aws.members.set(id, name);
        aws.members.delete(LATER);
        for (const id of [SHOP, DATA, CLOSED, SANDBOX, LATER])
          aws.account(id).given.role({ name: 'groupwatch-reader', path: '/groupwatch/', trust });
        aws.account(CLOSED).suspend();
      },
    });
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('watches those that are active, by the names that they have there', async () => {
    world.aws.account(DATA).addUserToGroup({ user: 'dora', group: 'readers' });
    world.aws.addUserToGroup({ user: 'hugo', group: 'readers' });
    const card = await find(CHANNEL, '`dora`');
    expect(card.text).toContain('in data');
    expect(JSON.stringify(card.attachments)).toContain(`data (criticality high) \`${DATA}\``);
    expect((await find(CHANNEL, '`hugo`')).text).toContain('in hub');
    expect(world.aws.calls.filter(({ name }) => name === 'organizations:ListAccounts')).toHaveLength(3);
  });

  it('leaves alone what is suspended or excluded', async () => {
    expect(await status()).not.toMatch(new RegExp([CLOSED, SANDBOX, LATER].join('|')));
    expect([...assumedIn(CLOSED), ...assumedIn(SANDBOX)]).toEqual([]);
  });

  it('takes what CONFIG_FILE says of an account for more than what AWS does', async () => {
    world.aws.account(SHOP).addUserToGroup({ user: 'sam', group: 'readers' });
    expect((await find(SHOP_CHANNEL, '`sam`')).text).toContain('in the shop');
    expect(await status()).not.toContain('shop-prod');
  });

  it('goes on with what there was when AWS does not list them, and says so once', async () => {
    const { aws, slack } = world;
    const refused = { code: 'AccessDeniedException', status: 400 };
    aws.faults.iam('organizations:ListAccounts', 2, refused);
    await world.app.reload();
    const told = await find(CHANNEL, "AWS doesn't list the accounts of the organization");
    expect(told.text).toContain('grant organizations:ListAccounts');
    expect(told.text).toContain('the accounts that are watched stay the same 3');
    const asked = () => aws.calls.filter(({ outcome }) => outcome === refused.code).length;
    world.later(61_000);
    await expect.poll(asked, { timeout: 5_000 }).toBe(2);
    aws.account(DATA).addUserToGroup({ user: 'dirk', group: 'readers' });
    await find(CHANNEL, '`dirk`');
    const all = slack.messages(CHANNEL).filter(({ text }) => text.includes("doesn't list"));
    expect(all).toHaveLength(1);
  });

  it('stops watching who has gone, on SIGHUP', async () => {
    world.aws.account(DATA).suspend();
    await world.app.reload();
    const told = await find(CHANNEL, 'The organization has changed');
    expect(told.text).toContain(`*Not watched any more:* \`data (${DATA})\``);
    expect(await status()).not.toContain(`data \`${DATA}\``);
  });

  it('watches who has come, a day later', async () => {
    world.aws.members.set(LATER, 'newcomer');
    world.later(DAY);
    const told = await find(CHANNEL, 'Watched from now on');
    expect(told.text).toContain(`\`newcomer (${LATER})\``);
    world.aws.account(LATER).addUserToGroup({ user: 'nina', group: 'readers' });
    expect((await find(CHANNEL, '`nina`')).text).toContain('in newcomer');
  });
});

it('needs no account in CONFIG_FILE, and waits until AWS lists them', async () => {
  await using world = await startWorld({
    aws: { accounts: [] },
    settings: { accounts: [], organization: organizationOf(organization.parse({})) },
    prepare(_, aws) {
      aws.members.set(HOME, 'hub');
      aws.faults.iam('organizations:ListAccounts', 1, { code: 'AccessDeniedException', status: 400 });
    },
  });
  const { slack, aws, ana } = world;
  const told = () => slack.messages(CHANNEL).find(({ text }) => text.includes("AWS doesn't list"));
  expect((await slack.until(told, 'why nobody is watched')).text).toContain('no account is watched');
  aws.addUserToGroup({ user: 'hugo', group: 'readers' });
  await ana.command(CHANNEL, '/groupwatch', 'user hugo');
  const answer = () => ana.ephemerals().find(({ text }) => text.includes('`hugo`'));
  expect((await slack.until(answer, 'an answer')).text).toContain('Neither AWS nor Groupwatch knows');
  world.later(61_000);
  expect((await world.cardOf('hugo')).text).toContain('in hub');
});
