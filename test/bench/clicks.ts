import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../../src/slack/ids.ts';
import { startWorld } from '../support/world.ts';
import type { Figure } from './run.ts';

const CLICKS = 250;
const EVERY_MS = 20;

/** Clicks at 50 a second until Slack has the ack: the slowest of a hundred, beside the median. */
export async function clicks(): Promise<Figure[]> {
  await using world = await startWorld();
  world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
  const card = structuredClone(await world.cardOf('bob'));
  const sent: Promise<number>[] = [];
  for (let n = 0; n < CLICKS; n++) {
    sent.push(world.ana.press(card, ACTION.acknowledge).then(({ ackMs, acked }) => (acked ? ackMs : 3_000)));
    await sleep(EVERY_MS);
  }
  const times = (await Promise.all(sent)).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return [
    {
      name: 'click to ack, p99',
      value: at(0.99),
      unit: 'ms',
      comparison: 'median of the same clicks, ms',
      against: at(0.5),
    },
  ];
}
