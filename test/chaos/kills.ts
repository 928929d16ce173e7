import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedKill } from './plan.ts';
import type { Replica } from './replica.ts';
import type { Stage } from './stage.ts';

/** What a kill waits for may not come, as when Slack is silent just then: so long, and it is done all the same. */
const PATIENCE = 4_000;

/** kill -9, one after the other, each as planned; gives how many there were. */
export async function playKills(stage: Stage, planned: readonly PlannedKill[]): Promise<number> {
  let kills = 0;
  for (const kill of planned) {
    await sleep(kill.afterMs);
    const victims = stage.replicas.filter((_, n) => kill.victim === 'all' || kill.victim === n);
    if (kill.when !== 'starting') await Promise.all(victims.map((one) => one.up()));
    await momentOf(stage, kill, victims);
    await Promise.all(victims.map((one) => one.kill()));
    kills++;
    await sleep(kill.restMs);
    for (const one of victims) one.start();
  }
  return kills;
}

async function momentOf(stage: Stage, kill: PlannedKill, victims: readonly Replica[]): Promise<void> {
  const shoot = () => Promise.all(victims.map((one) => one.kill()));
  switch (kill.when) {
    case 'starting':
      await shoot();
      for (const one of victims) one.start();
      return void (await sleep(kill.laterMs));
    case 'any time':
      return void (await sleep(kill.laterMs));
    case 'aws':
      return reached(kill.nth, (hit) => {
        // Nobody is answered before the process is dead.
        stage.aws[kill.side](kill.action, () => (hit() ? shoot() : undefined), kill.nth);
      });
    case 'slack': {
      let stop: () => void = () => undefined;
      await reached(kill.nth, (hit) => {
        stop = stage.slack.onChange(({ kind }) => {
          // At once, since Slack's answer goes out when this has returned.
          if (kind === kill.change && hit()) void shoot();
        });
      });
      stop();
    }
  }
}

/** Waits for the n-th hit, but not for ever; what comes after that is none. */
async function reached(nth: number, arm: (hit: () => boolean) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = nth;
  arm(() => {
    left--;
    if (left === 0) resolve();
    return left === 0;
  });
  const patience = setTimeout(resolve, PATIENCE);
  await promise;
  left = 0;
  clearTimeout(patience);
}
