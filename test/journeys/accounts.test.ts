import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsOf } from '../../src/config.ts';
import { ACTION } from '../../src/slack/ids.ts';
import { COLOURS } from '../../src/slack/views/severity-bar.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const [HOME, PROD, BROKEN, LATER] = ['111122223333', '444455556666', '777788889999', '999900001111'];
const PROD_CHANNEL = 'C0PROD';
const URGENT = 'C0URGENT';

const trusting = (externalId: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HOME}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  ],
});
const role = (id: string) => `arn:aws:iam::${id}:role/groupwatch/groupwatch-reader`;

const account = (id: string, name: string, more = ''): string => `
  - id: "${id}"
    name: ${name}
    roleArn: ${role(id)}
    externalId: gw-${name}${more}`;
const PRODUCTION = account(
  PROD,
  'production',
  '\n    channel: C0PROD\n    criticality: high\n    owners: [U0CLEO]',
);
const HOMES = `
  - id: "${HOME}"
    name: home`;
const routes = (channel: string): string => `
routes:
  - severities: [high, critical]
    channel: ${channel}
`;

describe('three accounts, of which one can not be assumed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groupwatch-accounts-'));
  const file = join(folder, 'config.yml');
  let world: World;

  const write = (accounts: string, after = routes(URGENT)): void =>
    writeFileSync(file, `accounts:${accounts}${after}`);
  const cardIn = (channel: string, user: string): Promise<Message> =>
    world.slack.until(
      () =>
        world.slack
          .messages(channel)
          .find(({ text, thread_ts }) => !thread_ts && text.includes(`\`${user}\``)),
      `a card about ${user} in ${channel} (${world.warnings.slice(-3).join('; ')})`,
    );
  const noticeIn = (channel: string, words: string): Promise<Message> =>
    world.slack.until(() => world.slack.messages(channel).find(({ text }) => text.includes(words)), words);
  const shown = ({ blocks, attachments }: Message): string => JSON.stringify([blocks, attachments]);

  beforeAll(async () => {
    write(HOMES + PRODUCTION + account(BROKEN, 'sandbox'));
    const read = accountsOf(file);
    if (!read.ok) throw new Error(read.problems.join());
    world = await startWorld({
      aws: { accounts: [PROD, BROKEN, LATER] },
      settings: { accounts: read.accounts, routes: read.routes, configFile: file, responders: [] },
      prepare(slack, aws) {
        slack.addChannel({ id: PROD_CHANNEL, name: 'prod', members: ['U0BEN', 'U0CLEO', 'U0DAN'] });
        slack.addChannel({ id: URGENT, name: 'urgent', members: ['U0ANA'] });
        slack.addChannel({ id: 'C0CLOSED', name: 'closed', isArchived: true });
        for (const id of [PROD, LATER]) {
          const name = id === PROD ? 'production' : 'later';
          aws.account(id).given.role({
            name: 'groupwatch-reader',
            path: '/groupwatch/',
            trust: trusting(`gw-${name}`),
          });
        }
        aws.account(BROKEN).given.role({
          name: 'groupwatch-reader',
          path: '/groupwatch/',
          trust: trusting('another'),
        });
        for (const id of [HOME, PROD])
          aws.account(id).given.group({ name: 'admins', attached: ['AdministratorAccess'] });
      },
    });
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says once which role of which account can not be assumed, and what to do', async () => {
    const told = await noticeIn(CHANNEL, "can't watch");
    expect(told.text).toContain(`the account sandbox (\`${BROKEN}\`)`);
    expect(told.text).toContain(role(BROKEN));
    expect(told.text).toContain(
      "its trust policy names the role that Groupwatch runs with and asks for the account's externalId",
    );
    const lookups = world.aws.lookups.length;
    await expect.poll(() => world.aws.lookups.length, { timeout: 10_000 }).toBeGreaterThan(lookups + 3);
    const blind = [CHANNEL, PROD_CHANNEL].flatMap((channel) =>
      world.slack.messages(channel).filter(({ text }) => text.includes("can't watch")),
    );
    expect(blind).toHaveLength(1);
  });

  it('watches the others, each alert in its own channel, with the name of its account', async () => {
    const { aws } = world;
    aws.addUserToGroup({ user: 'alice', group: 'readers' });
    aws.account(PROD).addUserToGroup({ user: 'bob', group: 'readers' });
    const home = await cardIn(CHANNEL, 'alice');
    expect(shown(home)).toContain(`the account home (\`${HOME}\`)`);
    const production = await cardIn(PROD_CHANNEL, 'bob');
    expect(production.text).toContain('in production');
    expect(shown(production)).toContain(`production (criticality high) \`${PROD}\``);
    // As the record alone has it, or as it is assessed a moment later.
    expect([COLOURS.low, COLOURS.medium]).toContain(production.attachments?.[0]?.color);
    expect(world.slack.messages(CHANNEL).some(({ text }) => text.includes('`bob`'))).toBe(false);
  });

  describe('looks somebody up', () => {
    const ask = async (words: string, title: string): Promise<Message> => {
      const before = world.ana.ephemerals().length;
      await world.ana.command(CHANNEL, '/groupwatch', words);
      return world.slack.until(
        () =>
          world.ana
            .ephemerals()
            .slice(before)
            .find(({ text }) => text.includes(title)),
        title,
      );
    };
    const inProduction = `\`twin\` in *production* \`${PROD}\``;

    beforeAll(() => {
      world.aws.given.user({ name: 'twin', tags: { of: 'home' } });
      world.aws.account(PROD).given.user({ name: 'twin', tags: { of: 'production' } });
      world.aws.account(PROD).given.user({ name: 'alone' });
    });

    it('in the account that is named, by name or id', async () => {
      const answer = await ask('user twin PRODUCTION', inProduction);
      expect(shown(answer)).toContain('of=production');
      expect(shown(answer)).not.toContain('In another account');
      expect(shown(await ask(`user twin ${HOME}`, 'in *home*'))).toContain('of=home');
    });

    it('by choice, where several accounts know the name', async () => {
      const choice = await ask('user twin', 'More than one account knows a user `twin`');
      expect(shown(choice)).toContain(`*home* \`${HOME}\``);
      expect(shown(choice)).not.toContain('sandbox');
      const nth = choice.blocks.findIndex((block) => JSON.stringify(block).includes('*production*'));
      await world.ana.press(choice, ACTION.lookUp, { blockId: `b${nth}` });
      await world.slack.until(() => shown(choice).includes('of=production'), 'the one that is meant');
    });

    it('where the only account is that knows the name, and says which', async () => {
      const answer = await ask('user alone', `\`alone\` in *production* \`${PROD}\``);
      expect(shown(answer)).toContain('In another account: `/groupwatch user alone ACCOUNT`');
    });

    it('by choice, where our alerts of several accounts are about it', async () => {
      const choice = await ask('group readers', 'More than one account knows a group `readers`');
      expect(shown(choice)).toContain(PROD);
      const answer = await ask('group readers home', 'in *home*');
      expect(shown(answer)).toContain('*Our alerts about it*: 1');
    });

    it('in the account of its ARN', async () => {
      const arn = `arn:aws:iam::${PROD}:user/twin`;
      expect((await ask(`actor ${arn}`, 'Neither AWS nor Groupwatch knows')).text).toContain(PROD);
      expect(shown(await ask('actor arn:aws:iam::999999999999:user/x', '999999999999'))).toContain(
        'CONFIG_FILE',
      );
    });

    it('in an account that can not be read, and says why not', async () => {
      const answer = await ask(
        'user twin sandbox',
        `\`twin\` in *sandbox* \`${BROKEN}\`: the account can't be read`,
      );
      expect(shown(answer)).toContain(`Assuming the role ${role(BROKEN)}`);
      expect(shown(answer)).toContain('deploy/cloudformation.yml');
      expect(shown(answer)).toContain('*Our alerts about it*: none');
    });

    it('nowhere that is not watched, and says what to configure', async () => {
      const answer = await ask('user twin 999999999999', "The account `999999999999` isn't watched");
      expect(shown(answer)).toContain('deploy/cloudformation.yml');
      expect(shown(answer)).toContain(`*home* \`${HOME}\``);
      expect(shown(answer)).toContain(`*sandbox* \`${BROKEN}\``);
    });
  });

  it('shows an alert that turns out to be severe where its route leads, with a link to the thread', async () => {
    const { aws, slack, ana } = world;
    aws.account(PROD).addUserToGroup({ user: 'mallory', group: 'admins' });
    const urgent = await cardIn(URGENT, 'mallory');
    expect(urgent.attachments).toMatchObject([{ color: COLOURS.critical }]);
    const cards = () => slack.messages(PROD_CHANNEL).filter(({ text }) => text.includes('`mallory`'));
    const inProduction = cards()[0];
    if (inProduction) {
      await slack.until(() => shown(urgent).includes('the card in its own channel'), 'the link');
      const ts = inProduction.ts.replace('.', '');
      expect(shown(urgent)).toContain(`/archives/${PROD_CHANNEL}/p${ts}`);
    }
    await ana.press(urgent, ACTION.acknowledge);
    for (const card of [urgent, ...cards().slice(0, 1)])
      await slack.until(() => shown(card).includes('<@U0ANA>'), 'both cards redrawn');
  });

  it('reads each account with its own role, for its facts too', async () => {
    const calls = world.aws.calls.filter(({ name }) => name === 'sts:AssumeRole');
    expect(calls.length).toBeGreaterThan(0);
    const card = await cardIn(URGENT, 'mallory');
    await world.slack.until(
      () => shown(card).includes('AdministratorAccess'),
      "what the account's group gives",
    );
  });

  it('takes nothing over from a file with a mistake, and says so', async () => {
    write(HOMES + account(LATER, 'later').replace(LATER, '"12"'));
    await world.app.reload();
    const told = await noticeIn(CHANNEL, 'CONFIG_FILE has mistakes');
    expect(told.text).toContain('line ');
    world.aws.account(PROD).addUserToGroup({ user: 'carl', group: 'readers' });
    await cardIn(PROD_CHANNEL, 'carl');
  });

  it('takes a good file over: a new account, a mended one, another channel, and one less', async () => {
    const { aws } = world;
    aws.account(BROKEN).given.role({
      name: 'groupwatch-reader',
      path: '/groupwatch/',
      trust: trusting('gw-sandbox'),
    });
    write(account(BROKEN, 'sandbox') + PRODUCTION.replace('C0PROD', URGENT) + account(LATER, 'later'));
    await world.app.reload();
    await noticeIn(CHANNEL, 'sees the account sandbox');
    aws.account(LATER).addUserToGroup({ user: 'dora', group: 'readers' });
    aws.account(PROD).addUserToGroup({ user: 'emil', group: 'readers' });
    aws.addUserToGroup({ user: 'nobody-looks', group: 'readers' });
    await cardIn(CHANNEL, 'dora');
    await cardIn(URGENT, 'emil');
    expect(world.slack.messages(CHANNEL).some(({ text }) => text.includes('nobody-looks'))).toBe(false);
  });

  it('says of an alert of an account that is not watched any more that it can not be asked', async () => {
    const { slack, ana } = world;
    const card = await cardIn(CHANNEL, 'alice');
    await ana.press(card, ACTION.requestDisablement);
    await slack.until(() => ana.view(), 'the form');
    await ana.submit({ reason: 'Key seen in a public repository' });
    const request = await slack.until(
      () => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes('asks to disable')),
      'the request',
    );
    await slack.until(() => shown(request).includes('not among those that are watched any more'), 'why');
  });

  it('brings what an archived channel does not take to the default one, and says so', async () => {
    const { aws } = world;
    write(account(LATER, 'later', '\n    channel: C0CLOSED'));
    await world.app.reload();
    aws.account(LATER).addUserToGroup({ user: 'fritz', group: 'readers' });
    await cardIn(CHANNEL, 'fritz');
    const told = await noticeIn(CHANNEL, 'come here');
    expect(told.text).toContain('<#C0CLOSED>');
    expect(told.text).toContain('is_archived');
  });

  it('tells the state of all in /groupwatch status', async () => {
    const { ana, slack } = world;
    await ana.command(CHANNEL, '/groupwatch', 'status');
    const status = await slack.until(
      () => ana.ephemerals().find(({ text }) => text.includes('running for')),
      'status',
    );
    expect(shown(status)).toContain(`later \`${LATER}\``);
    expect(shown(status)).not.toContain(PROD);
  });
});
