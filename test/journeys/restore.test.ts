import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import { backUp } from '../../src/storage/backup.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let folder: string;
let world: World;
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('goes on from a backup: old cards work, and what came since is found again', async () => {
  folder = await mkdtemp(join(tmpdir(), 'groupwatch-restore-'));
  world = await startWorld();
  const { slack, aws, ana } = world;
  aws.addUserToGroup({ user: 'before', group: 'admins' });
  const card = await world.cardOf('before');
  await ana.press(card, ACTION.acknowledge);
  await slack.until(() => slack.thread(CHANNEL, card.ts)[0], 'the line');
  const file = join(folder, 'backup.db');
  await backUp(world.databaseUrl, file);
  await world.app.stop();

  aws.addUserToGroup({ user: 'since', group: 'admins' });
  await world.restart({ databaseUrl: `file:${file}` });
  await world.cardOf('since');
  await ana.press(card, ACTION.openGuide);
  await slack.until(
    () => slack.thread(CHANNEL, card.ts).some(({ text }) => text.startsWith('Guide,')),
    'its guide',
  );
  expect(
    slack.messages(CHANNEL).filter(({ text, thread_ts }) => !thread_ts && text.includes('before')),
  ).toEqual([card]);
});
