import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let server: PostgresServer;
let world: World;
beforeEach(async () => {
  server = await startPostgres();
  world = await startWorld({ database: 'postgres', server: server.url, replicas: 2 });
});
afterEach(async () => {
  await world?.[Symbol.asyncDispose]();
  await server.dispose();
});

const cards = (): Message[] => world.slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts);

it('loses nothing while PostgreSQL is away, tells who clicks, and goes on by itself', async () => {
  const { slack, aws, ana, ben } = world;
  aws.addUserToGroup({ user: 'before', group: 'admins' });
  const card = await world.cardOf('before');
  await server.stop();

  aws.addUserToGroup({ user: 'meanwhile', group: 'admins' });
  await ana.press(card, ACTION.acknowledge);
  const told = await slack.until(() => ana.ephemerals()[0], 'what went wrong');
  expect(told.text).toMatch(/reference `?[0-9a-f]{8}/);
  await ben.command(CHANNEL, '/groupwatch', 'open');
  await slack.until(() => ben.ephemerals()[0]?.text.includes('reference'), 'the same of the command');
  const lookups = aws.lookups.length;
  await expect
    .poll(() => world.warnings.filter((line) => line.includes('of the watch')).length)
    .toBeGreaterThan(1);
  expect(aws.lookups.length).toBe(lookups);

  await server.start();
  await world.cardOf('meanwhile');
  await ben.press(card, ACTION.acknowledge);
  await slack.until(() => JSON.stringify(card.blocks).includes('<@U0BEN>'), 'the card redrawn');
  await slack.until(() => slack.thread(CHANNEL, card.ts)[0], 'the line');
  expect(cards()).toHaveLength(2);
  await ana.command(CHANNEL, '/groupwatch', 'status');
  const status = await slack.until(
    () => ana.ephemerals().find(({ text }) => text.includes('running for')),
    'status',
  );
  expect(JSON.stringify(status.blocks)).toContain('*Replicas* 2');
}, 60_000);
