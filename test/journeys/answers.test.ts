import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, pack } from '../../src/slack/ids.ts';
import { iamUser } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number) => new Date(Date.now() - ms);
const shown = (message: Message): string => JSON.stringify(message.blocks);
const idOf = (card: Message): string => /GW-\w{12}/.exec(card.text)?.[0] ?? '';
const attributeOf = ({ LookupAttributes }: Record<string, unknown>): string =>
  /EventName|Username|AccessKeyId/.exec(JSON.stringify(LookupAttributes))?.[0] ?? '';
const mallory = iamUser('mallory', { accessKeyId: 'AKIAEXAMPLE21' });

/** Mallory made a user, a key and a group of administrators, and put bob into it. */
function story(world: World): void {
  const { aws } = world;
  aws.given.user({
    name: 'mallory',
    keys: [{ id: 'AKIAEXAMPLE21', createdAt: ago(200 * DAY), lastUsed: ago(HOUR) }],
    tags: { Owner: 'eve@example.com' },
  });
  aws.given.user({
    name: 'bob',
    password: 'correct horse',
    tags: { team: 'payments', 'cost-center': '7' },
    keys: [{ id: 'AKIAEXAMPLE22', createdAt: ago(120 * DAY) }],
    inline: {
      own: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
    },
  });
  aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  const call = (eventSource: string, eventName: string, at: Date, more = {}) =>
    aws.happened({ eventSource, eventName, at, by: mallory, ...more });
  call('s3', 'GetObject', ago(40 * DAY), { sourceIp: '203.0.113.10' });
  call('signin', 'ConsoleLogin', ago(3 * HOUR), { sourceIp: '198.51.100.99' });
  call('ec2', 'RunInstances', ago(2 * HOUR), {
    sourceIp: '198.51.100.99',
    errorCode: 'UnauthorizedOperation',
  });
  call('ec2', 'DescribeInstances', ago(2 * HOUR), { sourceIp: '198.51.100.99' });
  aws.iam('CreateUser', { UserName: 'backdoor' }, { by: mallory, at: ago(HOUR) });
  aws.iam('CreateAccessKey', { UserName: 'backdoor' }, { by: mallory, at: ago(HOUR) });
  aws.addUserToGroup({ user: 'carol', group: 'developers', by: mallory, at: ago(30 * DAY) });
  aws.addUserToGroup({ user: 'bob', group: 'admins', by: mallory });
  aws.happened({
    eventSource: 'sts',
    eventName: 'AssumeRole',
    by: iamUser('bob', { accessKeyId: 'AKIAEXAMPLE22' }),
    parameters: { roleArn: 'arn:aws:iam::111122223333:role/Billing', roleSessionName: 'x' },
  });
}

describe('the guide answers itself', () => {
  let world: World;
  let card: Message;
  let id: string;
  beforeAll(async () => {
    world = await startWorld();
    story(world);
    card = await world.cardOf('bob');
    id = idOf(card);
    await world.slack.until(() => shown(card).includes('of 100*'), 'the facts');
    await world.ana.press(card, ACTION.openGuide);
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
  });

  const thread = (): Message[] => world.slack.thread(CHANNEL, card.ts);
  const phase = (heading: string): Promise<Message> =>
    world.slack.until(() => thread().find(({ text }) => text.startsWith(`Guide, ${heading}`)), heading);
  const section = (message: Message, title: string): string =>
    JSON.stringify(message.blocks.find((block) => JSON.stringify(block).includes(`*${title}*`)));
  const answered = async (heading: string, title: string, words: string): Promise<string> => {
    const message = await phase(heading);
    const come = world.slack.until(() => section(message, title).includes(words), words);
    await come.catch(() => expect(section(message, title)).toContain(words));
    return section(message, title);
  };

  it('from the start, as far as the card has it', async () => {
    const [calls, lookups] = [world.aws.calls.length, world.aws.lookups.length];
    await answered('1', 'Actor', 'It had added users to groups *1* times in the 30 days before');
    await answered('1', 'Related alerts', 'No other alert about the actor or the added user');
    await answered('1', 'Owners', 'The user `bob` has `team` = `payments`');
    await answered('3', 'Multi-factor authentication', '`bob` has *a password and no second factor*');
    await answered('3', 'Impact', 'The group grants *administrator rights*');
    await answered('3', 'Lessons', 'Detected *');
    expect(await answered('1', 'Actor', 'as of <!date')).toContain('the record, IAM, CloudTrail');
    // The group's members, and mallory herself: all else is remembered.
    const names = world.aws.calls.slice(calls).flatMap(({ name }) => (name.startsWith('iam:') ? [name] : []));
    expect(new Set(names).size).toBe(names.length);
    // Polls and sweeps go on meanwhile.
    const asked = world.aws.lookups.slice(lookups).map(({ input }) => input.LookupAttributes);
    for (const by of asked)
      expect(by).toEqual([{ AttributeKey: 'EventName', AttributeValue: 'AddUserToGroup' }]);
    expect(names).not.toContain('iam:GetPolicyVersion');
  });

  it('step by step, and leaves the tick to a person', async () => {
    const triage = await phase('1');
    await world.ana.press(triage, ACTION.guideStep, { option: pack('fetch', id, 'scope') });
    const scope = await answered('1', 'Scope', 'The actor: *6* calls, 4 that write, 1 failed');
    expect(scope).toContain('The user: *1* calls');
    expect(scope).toContain('⬜ *Scope*');
    expect(shown(card)).toContain('0 of 16');
  });

  it('with a picture of what was done when, described in words', async () => {
    const picture = await world.slack.until(() => thread().find(({ files }) => files), 'the picture');
    const file = world.slack.file(picture.files?.[0] ?? '');
    expect(file?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(file?.title).toContain(`Scope, ${id}`);
    expect(file?.altText).toMatch(/7 calls in \d+ hours .* by service: iam 3, .*The addition is marked at/);
  });

  it('all of a phase at once', async () => {
    const response = await phase('3');
    await world.ben.press(response, ACTION.fetchAnswers);
    await world.ben.press(await phase('2'), ACTION.fetchAnswers);
    await answered('2', 'Intended use', '*New*: actor, group, user agent and address had not come together');
    await answered(
      '3',
      'Impact',
      'Since then the user has taken on *1* roles: `arn:aws:iam::111122223333:role/Billing`',
    );
    await answered('3', 'Credentials', '*2* of 2 credentials of the user work');
    await answered('3', 'Credentials', 'The actor made *2* users or credentials');
    await answered('3', 'New users', '*2* times a user, a password or a key was made, for 1 users');
    await answered('3', 'Least privilege', 'Before: *narrow rights*. With the group: *administrator rights*');
    await answered('3', 'Hardening', 'The key `AKIAEXAMPLE22` of `bob` is *120 d* old');
    await answered('3', 'Initial access', 'The first unusual sign: *a new address* `198.51.100.99`');
  });

  it('twelve of sixteen steps and more', async () => {
    const messages = await Promise.all(['1', '2', '3'].map(phase));
    const count = () => messages.map(shown).join('').split('_as of <!date').length - 1;
    await world.slack.until(() => count() >= 13, 'thirteen answers');
  });

  it('in full in the thread, and as a file where it is long', async () => {
    const response = await phase('3');
    await world.ana.press(response, ACTION.guideStep, { option: pack('details', id, 'credentials') });
    const details = await world.slack.until(
      () => thread().find(({ text }) => text.startsWith('Credentials: ')),
      'the details',
    );
    expect(shown(details)).toContain('AKIAEXAMPLE22');
    expect(shown(details)).toContain('"type":"table"');
    await world.ana.press(response, ACTION.guideStep, { option: pack('details', id, 'credentials') });
    const told = await world.slack.until(() => world.ana.ephemerals().at(-1), 'that it is there');
    expect(told.text).toContain('in the thread already');
    expect(thread().filter(({ text }) => text.startsWith('Credentials: '))).toHaveLength(1);
  });

  it('anew, with a newer time, in guide and thread', async () => {
    const before = await answered('3', 'Credentials', 'as of');
    world.aws.iam('UpdateAccessKey', { UserName: 'bob', AccessKeyId: 'AKIAEXAMPLE22', Status: 'Inactive' });
    await world.ana.press(await phase('3'), ACTION.guideStep, {
      option: pack('fetch', id, 'credentials'),
    });
    const after = await answered('3', 'Credentials', '*1* of 2 credentials of the user work');
    expect(after).not.toBe(before);
    await world.slack.until(
      () => thread().some((one) => one.text.startsWith('Credentials: ') && shown(one).includes('Inactive')),
      'the details redrawn',
    );
  });

  it('without a warning', () => {
    expect(world.warnings).toEqual([]);
  });
});

describe('a look-up', () => {
  let world: World;
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });

  async function openGuide(): Promise<{ card: Message; triage: () => Message | undefined; id: string }> {
    const card = await world.cardOf('bob');
    await world.slack.until(() => shown(card).includes('of 100*'), 'the facts');
    await world.ana.press(card, ACTION.openGuide);
    const triage = () => world.slack.thread(CHANNEL, card.ts).find(({ text }) => text.startsWith('Guide, 1'));
    await world.slack.until(triage, 'the guide');
    return { card, triage, id: idOf(card) };
  }

  it('shows how far it is, and ends when it is cancelled', async () => {
    world = await startWorld({ lookupsPerSecond: 2 });
    for (let n = 0; n < 600; n++)
      world.aws.happened({ eventSource: 's3', eventName: 'GetObject', at: ago(n * 1_000 + 60_000) });
    world.aws.addUserToGroup({ user: 'bob', group: 'developers' });
    const { triage, id } = await openGuide();
    const message = triage();
    if (!message) throw new Error('no guide');
    await world.ana.press(message, ACTION.guideStep, { option: pack('fetch', id, 'scope') });
    await world.slack.until(() => shown(message).includes('pages of CloudTrail read'), 'progress');
    expect(shown(message)).toContain('Being looked up for <@U0ANA>');
    await world.ana.press(message, ACTION.guideStep, { option: pack('cancel', id, 'scope') });
    await world.slack.until(() => !shown(message).includes('Being looked up'), 'no progress any more');
    await world.slack.until(() => shown(message).includes('Fetch the answer'), 'to be fetched again');
    const kinds = () => Object.groupBy(world.aws.lookups, ({ input }) => attributeOf(input));
    const before = kinds();
    // Polls go on, and would only have gone before it.
    while ((kinds().EventName?.length ?? 0) < (before.EventName?.length ?? 0) + 3)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const later = (kinds().Username ?? []).slice(before.Username?.length);
    expect(later.length).toBeLessThanOrEqual(1);
  }, 30_000);

  it('uploads its picture once, even when the answer to that gets lost', async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'developers' });
    const { card, triage, id } = await openGuide();
    const message = triage();
    if (!message) throw new Error('no guide');
    world.slack.faults.dropReply('files.completeUploadExternal', 1);
    await world.ana.press(message, ACTION.guideStep, { option: pack('fetch', id, 'scope') });
    const pictures = () => world.slack.thread(CHANNEL, card.ts).filter(({ files }) => files);
    await world.slack.until(() => pictures().length > 0, 'the picture');
    const looked = () => world.slack.calls.some(({ method }) => method === 'conversations.replies');
    while (!looked()) await new Promise((resolve) => setTimeout(resolve, 50));
    await world.ana.press(card, ACTION.acknowledge);
    await world.slack.until(() => shown(card).includes('*Acknowledged*'), 'what comes after it');
    expect(pictures()).toHaveLength(1);
  });

  it('that AWS refuses says which permission it takes', async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'developers' });
    const { triage, id } = await openGuide();
    world.aws.faults.deny(true);
    world.aws.faults.iam('ListAccessKeys', 9, { code: 'AccessDenied', status: 403 });
    const message = triage();
    if (!message) throw new Error('no guide');
    await world.ana.press(message, ACTION.guideStep, { option: pack('fetch', id, 'scope') });
    await world.slack.until(() => shown(message).includes('grant cloudtrail:LookupEvents'), 'the permission');
    expect(shown(message)).toContain('Could not be looked up');
    world.aws.faults.deny(false);
  });
});
