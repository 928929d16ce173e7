import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world[Symbol.asyncDispose]());

it('a snooze ends by itself, once: in the thread, on the card, and to whom it concerns', async () => {
  world = await startWorld();
  const { ana, slack } = world;
  world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
  const card: Message = await world.cardOf('bob');
  const id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
  const thread = (words: string): Message[] =>
    slack.thread(CHANNEL, card.ts).filter(({ text }) => text.includes(words));

  await ana.press(card, ACTION.menu, { option: pack('snooze', id) });
  await slack.until(() => ana.view(), 'the modal');
  await ana.submit({ [INPUT.duration]: '1' });
  await slack.until(() => JSON.stringify(card.blocks).includes('*Snoozed* by <@U0ANA>'), 'the card redrawn');

  world.later(HOUR - MINUTE);
  await ana.command(CHANNEL, '/groupwatch', 'status');
  await slack.until(() => ana.ephemerals()[0], 'status');
  expect(thread('The snooze is over')).toEqual([]);

  world.later(2 * MINUTE);
  await slack.until(() => thread('The snooze is over')[0], 'the line', 15_000);
  expect(thread('The snooze is over')[0]?.text).toContain('<@U0ANA>');
  await slack.until(() => !JSON.stringify(card.blocks).includes('*Snoozed* by'), 'the card redrawn');
  await world.restart();
  await ana.press(card, ACTION.acknowledge);
  await slack.until(() => thread('is looking into it')[0], 'the line');
  expect(thread('The snooze is over')).toHaveLength(1);
  expect(slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts)).toHaveLength(1);
}, 40_000);
