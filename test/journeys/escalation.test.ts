import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { ACTION } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world[Symbol.asyncDispose]());

const PLAN = {
  after: { medium: 5 * MINUTE },
  atMost: 3,
  responders: ['U0ANA', 'U0BEN'],
  next: ['S0LEADS'],
};

it('an alert that nobody takes calls until the last escalation, on two replicas, and then no more', async () => {
  world = await startWorld({ database: 'postgres', replicas: 2, settings: { escalation: PLAN } });
  const { ana, ben, slack } = world;
  world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
  const card: Message = await world.cardOf('bob');
  const calls = (): Message[] =>
    slack.thread(CHANNEL, card.ts).filter(({ text }) => text.includes('Nobody has taken this'));
  const call = (number: number): Promise<Message> =>
    slack.until(() => calls()[number - 1], `reminder ${number} (${world.warnings.join('; ')})`, 15_000);

  // The rule says low, and low is silent; what was found out about it makes it medium.
  await slack.until(() => card.text.startsWith('Medium'), 'the severity risen');
  await world.drawn();
  world.later(4 * MINUTE);
  await ana.command(CHANNEL, '/groupwatch', 'status');
  await slack.until(() => ana.ephemerals().at(-1)?.text.includes('running for 4 min'), 'status');
  expect(calls()).toEqual([]);

  world.later(2 * MINUTE);
  expect((await call(1)).text).toMatch(
    /^🔔 <@U0ANA> <@U0BEN> \*Nobody has taken this medium alert for 6 min.*\* Reminder 1 of 3\.$/,
  );
  world.later(5 * MINUTE);
  expect((await call(2)).text).toMatch(/^🔔 <!subteam\^S0LEADS> .*Reminder 2 of 3\.$/);
  world.later(5 * MINUTE);
  expect((await call(3)).text).toMatch(/^🔔 <!channel> .*Reminder 3 of 3, the last\.$/);
  expect(calls().map(({ broadcast }) => broadcast ?? false)).toEqual([false, false, true]);
  await slack.until(() => JSON.stringify(card.blocks).includes('*Called for somebody* 3 times'), 'the card');

  world.later(4 * HOUR);
  await ben.press(card, ACTION.acknowledge);
  await slack.until(
    () => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes('is looking into it')),
    'the line',
  );
  expect(calls()).toHaveLength(3);
  const id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
  await ana.command(CHANNEL, '/groupwatch', `audit ${id}`);
  const history = await slack.until(
    () => ana.ephemerals().find(({ text }) => text.includes('Audit log')),
    'the history',
  );
  expect(JSON.stringify(history.blocks).match(/\*remind\*/g)).toHaveLength(3);
}, 60_000);

it('the channel is told what is still open at its time, once', async () => {
  const dailySummary = { cron: '*/10 * * * *', zone: 'UTC' };
  world = await startWorld({ settings: { dailySummary } });
  const { slack } = world;
  const summaries = (): Message[] =>
    slack.messages(CHANNEL).filter(({ text }) => text.includes('Still open'));
  for (const user of ['bob', 'eve']) world.aws.addUserToGroup({ user, group: 'admins' });
  const card = await world.cardOf('bob');
  const other = await world.cardOf('eve');
  await slack.until(() => [card, other].every(({ text }) => text.startsWith('Medium')), 'the severities');
  await world.ana.press(card, ACTION.acknowledge);
  await slack.until(() => JSON.stringify(card.blocks).includes('*Acknowledged* by'), 'the card redrawn');

  world.later(10 * MINUTE);
  const summary = await slack.until(() => summaries()[0], 'the summary', 15_000);
  expect(summary.text).toBe('🗒️ *Still open: 2 alerts.* 2 medium; nobody has acknowledged 1 of them.');
  const shown = JSON.stringify(summary.blocks);
  expect(shown).toContain('<@U0ANA> has it');
  expect(shown).toContain(`https://standin.slack.com/archives/${CHANNEL}/p${card.ts.replace('.', '')}`);
  await world.restart();
  expect(summaries()).toHaveLength(1);
}, 60_000);
