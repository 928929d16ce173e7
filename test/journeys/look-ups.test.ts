import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import { iamUser, roleSession } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const ago = (ms: number) => new Date(Date.now() - ms);
const shown = (message: Message): string => JSON.stringify(message.blocks);

describe('somebody is looked up by the slash command', () => {
  let world: World;
  let eventId: string;
  beforeAll(async () => {
    world = await startWorld();
    const { aws } = world;
    aws.given.user({
      name: 'Bob',
      password: 'correct horse',
      keys: [{ id: 'AKIAEXAMPLE22', createdAt: ago(86_400_000) }],
      groups: ['readers'],
      tags: { team: 'payments' },
      attached: ['AmazonS3ReadOnlyAccess'],
    });
    aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
    aws.given.user({ name: 'operator' });
    aws.happened({ eventSource: 'ec2', eventName: 'RunInstances', at: ago(60_000) });
    aws.happened({ eventSource: 's3', eventName: 'PutObject', at: ago(3 * 86_400_000) });
    aws.addUserToGroup({ user: 'Bob', group: 'admins' });
    aws.addUserToGroup({ user: 'zed', group: 'g', by: roleSession('Deploy', 'sam') });
    aws.addUserToGroup({ user: 'zoe', group: 'g', by: roleSession('Deploy', 'pat') });
    for (const user of ['Bob', 'zed', 'zoe']) await world.cardOf(user);
    const record = aws.addUserToGroup({ user: 'zac', group: 'g' });
    eventId = record.eventID;
    await world.cardOf('zac');
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
  });

  const ask = async (words: string, title: string): Promise<Message> => {
    const before = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, '/groupwatch', words);
    return world.slack.until(
      () =>
        world.ana
          .ephemerals()
          .slice(before)
          .find(({ text }) => text.includes(title)),
      `${title}: ${world.ana.ephemerals().map(({ text }) => text)}`,
    );
  };

  it('a user, whatever the letter case: rights, groups, credentials, and our history', async () => {
    const answer = await ask('user bOB', '*User* `Bob`');
    expect(shown(answer)).toContain('arn:aws:iam::111122223333:user/Bob');
    expect(shown(answer)).toContain('It has *administrator rights*');
    expect(shown(answer)).toContain('Groups: `readers`, `admins`');
    expect(shown(answer)).toContain('Tags: `team=payments`');
    expect(shown(answer)).toContain('AKIAEXAMPLE22');
    expect(shown(answer)).toContain('*Our alerts about it*: 1');
    expect(shown(answer)).toContain('as of <!date');
  });

  it('a group: what it grants, and who is in it', async () => {
    const answer = await ask('group ADMINS', '*Group* `admins`');
    expect(shown(answer)).toContain('It grants *administrator rights*');
    expect(shown(answer)).toContain('*1* members: `Bob`');
    expect(shown(answer)).toContain('*Our alerts about it*: 1');
  });

  it('an actor: what it did in a day, and at a press in a week', async () => {
    const answer = await ask('actor operator', '*Actor* `operator`');
    expect(shown(answer)).toContain('The actor: *3* calls, 3 that write, 0 failed');
    expect(shown(answer)).toContain('ec2:RunInstances');
    expect(shown(answer)).not.toContain('s3:PutObject');
    await world.ana.press(answer, ACTION.lookUpLonger);
    await world.slack.until(() => shown(answer).includes('s3:PutObject'), 'the week, in its place');
  });

  it('an actor by access key', async () => {
    const answer = await ask('actor AKIAEXAMPLE01 7d', '*Actor* `AKIAEXAMPLE01`');
    expect(shown(answer)).toContain('The actor: *4* calls');
  });

  it('one of several that go by a name, by choice', async () => {
    const several = await ask('actor deploy', 'More than one goes by `deploy`');
    expect(shown(several)).toContain('assumed-role/Deploy/sam');
    expect(shown(several)).toContain('assumed-role/Deploy/pat');
    await world.ana.press(several, ACTION.lookUp);
    await world.slack.until(
      () => shown(several).includes('The actor: *1* calls'),
      'one of them, in its place',
    );
  });

  it('an event', async () => {
    const answer = await ask(`event ${eventId}`, `*Event* \`${eventId}\``);
    expect(shown(answer)).toContain('*iam:AddUserToGroup*');
    expect(shown(answer)).toContain('zac');
    expect(shown(answer)).toContain('*Our alerts about it*: 1');
    const none = await ask('event nothing-at-all', 'Neither AWS nor Groupwatch');
    expect(none.text).toContain('knows an event `nothing-at-all`');
  });

  it('with near misses where nobody has the name', async () => {
    const answer = await ask('user bbo', 'Neither AWS nor Groupwatch knows a user `bbo`');
    expect(shown(answer)).toContain('Did you mean one of these?');
    await world.ana.press(answer, ACTION.lookUp);
    await world.slack.until(() => shown(answer).includes('user/Bob'), 'what was meant, in its place');
    expect((await ask('group admin', 'Neither AWS')).text).toContain('a group `admin`');
  });

  it('by a name that wants to be more than a name', async () => {
    const answer = await ask('user <!channel>&*_x', 'Neither AWS nor Groupwatch');
    expect(answer.text).toContain('`&lt;!channel&gt;&amp;*_x`');
  });

  it('without a warning', () => {
    expect(world.warnings).toEqual([]);
  });
});

describe('a look-up that takes long', () => {
  it('is announced, replaced by the answer, or cancelled', async () => {
    await using world = await startWorld({ lookupsPerSecond: 2 });
    const by = iamUser('busy', { accessKeyId: 'AKIAEXAMPLE33' });
    for (let n = 0; n < 400; n++)
      world.aws.happened({ eventSource: 's3', eventName: 'GetObject', by, at: ago(n * 1_000) });
    const { ana, slack } = world;
    await ana.command(CHANNEL, '/groupwatch', 'actor busy');
    const progress = await slack.until(() => ana.ephemerals()[0], 'word of it');
    expect(progress.text).toContain('⏳ Looking up an actor `busy`');
    await slack.until(() => shown(progress).includes('*400* calls'), 'the answer in its place', 20_000);
    expect(ana.ephemerals()).toHaveLength(1);
    await ana.command(CHANNEL, '/groupwatch', 'actor busy 7d');
    const second = await slack.until(() => ana.ephemerals()[1], 'word of it');
    await ana.press(second, ACTION.cancelLookUp);
    await slack.until(() => second.text.includes('was cancelled'), 'the end of it');
    expect(world.warnings).toEqual([]);
  }, 40_000);

  it('says which permission it takes', async () => {
    await using world = await startWorld();
    world.aws.given.user({ name: 'bob' });
    const denied = { code: 'AccessDenied', status: 403 };
    world.aws.faults.iam('ListUsers', 9, denied);
    world.aws.faults.iam('ListAccessKeys', 9, denied);
    await world.ana.command(CHANNEL, '/groupwatch', 'user bob');
    const answer = await world.slack.until(() => world.ana.ephemerals()[0], 'the answer');
    expect(shown(answer)).toContain('grant iam:ListAccessKeys');
    await world.ana.command(CHANNEL, '/groupwatch', 'user nobody');
    const none = await world.slack.until(() => world.ana.ephemerals()[1], 'the answer');
    expect(shown(none)).toContain('grant iam:ListUsers');
  });
});
