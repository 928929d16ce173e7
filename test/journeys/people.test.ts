import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import type { Member, Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const OTHERS: [Member, string][] = [
  [{ id: 'U1GUEST', name: 'Gil', isRestricted: true }, 'Guests'],
  [{ id: 'U1SINGLE', name: 'Sia', isUltraRestricted: true }, 'Guests'],
  [{ id: 'U1BOT', name: 'Robo', isBot: true }, 'Bots'],
  [{ id: 'U1STRANGER', name: 'Stan', isStranger: true }, 'Only people of this workspace'],
  [{ id: 'U1OTHER', name: 'Otto', teamId: 'T0OTHER' }, 'Only people of this workspace'],
  [{ id: 'U1GONE', name: 'Gus', deleted: true }, 'A deactivated account'],
];

describe('only responders act', () => {
  let world: World;
  let card: Message;
  beforeAll(async () => {
    const ids = OTHERS.map(([{ id }]) => id);
    world = await startWorld({
      settings: { responders: ['U0ANA', 'S0SEC', ...ids] },
      prepare: (slack) => {
        for (const [member] of OTHERS) slack.addPerson(member);
        slack.addUserGroup({ id: 'S0SEC', handle: 'security', users: ['U0BEN'] });
      },
    });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
  });
  afterAll(() => world[Symbol.asyncDispose]());
  const takenUp = (): Message[] =>
    world.slack.thread(CHANNEL, card.ts).filter(({ text }) => text.includes('looking into it'));

  it.each(OTHERS)('refuses %j, even when listed', async ({ id }, words) => {
    const person = world.slack.person(id);
    await person.press(card, ACTION.acknowledge);
    const told = await world.slack.until(() => person.ephemerals()[0], 'the refusal');
    expect(told.text).toContain(words);
    await person.command(CHANNEL, '/groupwatch', 'open');
    const answer = await world.slack.until(() => person.ephemerals()[1], 'the refusal of the command');
    expect(answer.text).toContain(words);
    expect(takenUp()).toEqual([]);
  });

  it('lets a member of a listed user group act', async () => {
    await world.ben.press(card, ACTION.acknowledge);
    await world.slack.until(() => takenUp()[0], 'the line');
  });

  it('acts for nobody when Slack does not say who somebody is', async () => {
    const dan = world.slack.addPerson({ id: 'U0DOT', name: 'Dot' });
    world.slack.faults.fail('users.info', 1, { error: 'internal_error' });
    await dan.press(card, ACTION.openGuide);
    const told = await world.slack.until(() => dan.ephemerals()[0], 'the refusal');
    expect(told.text).toContain("Slack didn't tell");
  });
});
