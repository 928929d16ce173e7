import { afterEach, describe, expect, it } from 'vitest';
import { iamUser, roleSession, root } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const shown = ({ blocks, attachments }: Message): string => JSON.stringify([blocks, attachments]);
const ana = roleSession('Admin', 'ana@example.com', { sourceIdentity: 'ana@example.com', mfa: true });
const DAY = 24 * 3_600_000;

/** Waits until the card is drawn with what was found out. */
async function assessed(user: string, words = 'of 100*'): Promise<Message> {
  const card = await world.cardOf(user);
  await world.slack.until(
    () => shown(card).includes(words),
    `${words} on the card of ${user}: ${shown(card)}`,
  );
  return card;
}

/** So that it isn't somebody's first addition. */
const knownActor = () => world.aws.addUserToGroup({ user: 'zoe', group: 'old', by: ana, at: ago(30 * DAY) });
const ago = (ms: number) => new Date(Date.now() - ms);

describe('an addition', () => {
  it('to a group of administrators becomes critical, with evidence, and the responders are mentioned', async () => {
    world = await startWorld({
      prepare: (_, aws) => aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] }),
    });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await assessed('bob');
    expect(card.text).toContain('Critical');
    expect(shown(card)).toContain('*Risk 96 of 100*, from the rule');
    expect(shown(card)).toContain(
      '+55 *The group gives administrator rights*: gives every action, those of IAM included: * on * by AdministratorAccess, statement 1',
    );
    expect(shown(card)).toContain('+10 *A session without a second factor, or a long-term key*');
    expect(shown(card)).toContain('+10 *The first addition by this actor*: none before in 90 days');
    expect(shown(card)).toContain('rule: low · 21');
    const line = await world.slack.until(
      () => world.slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes('severity rose')),
      'the line',
    );
    expect(line.text).toContain('rose from low to *critical*, score 96');
    expect(line.text).toContain('<@U0ANA> <@U0BEN> please look');
    expect(world.warnings).toEqual([]);
  });

  it('to a group that may only read stays low, and nothing is said', async () => {
    world = await startWorld({
      prepare: (_, aws) => aws.given.group({ name: 'readers', attached: ['AmazonS3ReadOnlyAccess'] }),
    });
    knownActor();
    world.aws.addUserToGroup({ user: 'bob', group: 'readers', by: ana });
    const card = await assessed('bob');
    expect(card.text).toContain('Low');
    expect(shown(card)).toContain('*Risk 21 of 100*, from the rule');
    expect(shown(card)).toContain('The group grants *narrow rights*: s3:Get* on * by AmazonS3ReadOnlyAccess');
    expect(world.slack.thread(CHANNEL, card.ts)).toEqual([]);
  });

  it('to a group just made and given rights is a chain', async () => {
    world = await startWorld();
    knownActor();
    const by = ana;
    world.aws.iam('CreateGroup', { GroupName: 'fresh' }, { by, at: ago(3 * 60_000) });
    const PolicyArn = 'arn:aws:iam::aws:policy/PowerUserAccess';
    world.aws.iam('AttachGroupPolicy', { GroupName: 'fresh', PolicyArn }, { by, at: ago(2 * 60_000) });
    world.aws.addUserToGroup({ user: 'bob', group: 'Fresh', by });
    const card = await assessed('bob');
    expect(shown(card)).toMatch(
      /\+20 \*The group was made or given a policy shortly before\*: [^"]*AttachGroupPolicy 2 min/,
    );
    expect(shown(card)).toContain('CreateGroup');
    expect(shown(card)).toContain('+20 *The group gives broad write access*');
  });

  it('by an actor who adds many is a mass addition, on every card, and the cards lead to each other', async () => {
    world = await startWorld({ postEveryMs: 10 });
    const users = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'];
    for (const user of users) world.aws.addUserToGroup({ user, group: 'developers', by: ana });
    for (const user of users) {
      const card = await assessed(user, '6 additions by this actor');
      await world.slack.until(
        () => shown(card).includes('*5 more additions by this actor to this group within the hour*'),
        `links on ${user}`,
      );
      const others = users.filter((one) => one !== user);
      const named = () => others.filter((one) => shown(card).includes(`\`${one}\` <https`));
      await world.slack.until(() => named().length === 4, 'the latest by name, with links');
      expect(shown(card)).toContain(', and 1 more');
    }
  });

  it('is told of as mass when the last of many comes after the first was assessed', async () => {
    world = await startWorld({ postEveryMs: 10 });
    for (const user of ['u1', 'u2', 'u3', 'u4'])
      world.aws.addUserToGroup({ user, group: 'developers', by: ana });
    const first = await assessed('u1');
    expect(shown(first)).not.toContain('Many additions');
    world.aws.addUserToGroup({ user: 'u5', group: 'developers', by: ana });
    await assessed('u5', '5 additions by this actor');
    await assessed('u1', '5 additions by this actor');
  });

  it('of oneself, by root, of a new user, and of one with a password but no second factor', async () => {
    world = await startWorld({
      postEveryMs: 10,
      prepare: (_, aws) => aws.given.user({ name: 'pat', password: 'correct horse' }),
    });
    world.aws.addUserToGroup({ user: 'Eve', group: 'g', by: iamUser('eve', { mfa: false }) });
    const self = await assessed('Eve');
    expect(shown(self)).toContain('+26 *The actor added itself*: Eve is actor and added user');
    expect(shown(self)).toContain('mfaAuthenticated is false');
    world.aws.createUser('newbie', ana);
    world.aws.addUserToGroup({ user: 'newbie', group: 'g', by: root() });
    const byRoot = await assessed('newbie');
    expect(shown(byRoot)).toContain('+26 *The account root did it*');
    expect(shown(byRoot)).toContain('+15 *The added user is new*: newbie was created');
    world.aws.addUserToGroup({ user: 'pat', group: 'g', by: ana });
    expect(shown(await assessed('pat'))).toContain('+5 *The added user has a password and no second factor*');
  });
});

describe('when not everything can be read', () => {
  it('a missing permission is named on the card, and the rest is there', async () => {
    world = await startWorld({
      prepare(_, aws) {
        aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
        const denied = {
          code: 'AccessDenied',
          status: 403,
          message: 'not authorized to perform: iam:ListMFADevices',
        };
        aws.faults.iam('ListMFADevices', 99, denied);
        aws.faults.iam('ListGroupPolicies', 99, denied);
      },
    });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await assessed('bob');
    expect(shown(card)).toContain(
      'Not allowed to read the MFA devices of the user bob: grant iam:ListMFADevices',
    );
    expect(shown(card)).toContain('grant iam:ListGroupPolicies');
    expect(card.text).toContain('Critical');
    expect(world.warnings).toEqual([]);
  });

  it('throttling passes, and what was missing comes onto the card', async () => {
    world = await startWorld({
      prepare(_, aws) {
        aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
        aws.faults.iam('ListAttachedGroupPolicies', 3, { code: 'Throttling', status: 400 });
      },
    });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    await assessed('bob', '*The group gives administrator rights*');
    const card = await world.cardOf('bob');
    await world.slack.until(() => !shown(card).includes('failed'), 'nothing failed any more');
    expect(card.text).toContain('Critical');
  });

  it('a group that was deleted is said to be, and the alert goes on', async () => {
    world = await startWorld({ prepare: (_, aws) => aws.given.user({ name: 'bob' }) });
    world.aws.iam('CreateGroup', { GroupName: 'brief' }, { by: ana });
    world.aws.addUserToGroup({ user: 'bob', group: 'brief', by: ana });
    world.aws.iam('RemoveUserFromGroup', { GroupName: 'brief', UserName: 'bob' }, { by: ana });
    world.aws.iam('DeleteGroup', { GroupName: 'brief' }, { by: ana });
    const card = await assessed('bob', 'The group brief: deleted, or not visible yet');
    expect(shown(card)).toContain('CreateGroup');
  });
});
