import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import { trusting } from '../../src/standins/aws/acts/given.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import type { Figure } from './figure.ts';
import { startProgram } from './program.ts';

const HOME = '111122223333';
const MANY = 1_000;
/** Two polls and two sweeps of each, at the start. */
const LOOKS = 4;
const PATIENCE = 180_000;
/** No poll takes so long here; less than there is between two turns. */
const REST = 2_000;

/**
 * One poll of each of 1,000 accounts, at default settings: the first, with a session of each account's role, and one
 * at rest, when all sweeps are done. The program is a process of its own, and both stand-ins
 * answer from this one, on the same machine.
 */
export async function accounts(folder: string): Promise<Figure[]> {
  const one = await cycles(folder, 1);
  const many = await cycles(folder, MANY);
  return [
    {
      name: `first cycle over ${MANY} accounts`,
      value: many.firstMs,
      unit: 'ms',
      comparison: 'the same with one account, ms',
      against: one.firstMs,
    },
    {
      name: `cycle over ${MANY} accounts`,
      value: many.restMs,
      unit: 'ms',
      comparison: 'the time between two cycles, ms',
      against: 15_000,
    },
    {
      name: `LookupEvents calls of a cycle over ${MANY} accounts`,
      value: many.calls,
      unit: 'calls',
      comparison: 'the least possible, calls',
      against: MANY,
    },
    {
      name: `resident memory with ${MANY} accounts`,
      value: many.memory,
      unit: 'MB',
      comparison: 'the same with one account, MB',
      against: one.memory,
    },
  ];
}

interface Cycles {
  firstMs: number;
  restMs: number;
  /** Of the cycle at rest. */
  calls: number;
  memory: number;
}

async function cycles(folder: string, count: number): Promise<Cycles> {
  const ids = Array.from({ length: count }, (_, n) => String(200_000_000_000 + n));
  await using slack = await startSlack();
  await using aws = await startAws({ accounts: ids });
  for (const id of ids) {
    const trust = trusting(`arn:aws:iam::${HOME}:root`, 'gw-bench');
    aws.account(id).given.role({ name: 'groupwatch-reader', path: '/groupwatch/', trust });
  }
  const file = join(folder, `accounts-${count}.yml`);
  writeFileSync(file, `accounts:\n${ids.map(listed).join('\n')}\n`);
  const databaseUrl = `file:${join(folder, `accounts-${count}.db`)}`;
  const program = startProgram({ slack, aws, databaseUrl, env: { CONFIG_FILE: file } });
  try {
    await reached(() => aws.lookups.length >= LOOKS * count && ids.every(isSwept(aws)));
    const firstMs = spanOf(firstCycle(aws));
    await restOf(aws);
    const before = aws.lookups.length;
    await reached(() => aws.lookups.length > before);
    await restOf(aws);
    const rest = aws.lookups.slice(before).map(({ at }) => at);
    return { firstMs, restMs: spanOf(rest), calls: rest.length, memory: program.residentMb() };
  } finally {
    await program.stop();
  }
}

const listed = (id: string, n: number): string => `  - id: "${id}"
    name: account-${n}
    roleArn: arn:aws:iam::${id}:role/groupwatch/groupwatch-reader
    externalId: gw-bench`;

const isSwept = ({ calls }: AwsStandIn) => {
  const looks = Map.groupBy(
    calls.filter(({ name }) => name === 'cloudtrail:LookupEvents'),
    ({ accountId }) => accountId,
  );
  return (id: string): boolean => (looks.get(id)?.length ?? 0) >= LOOKS;
};

/** When it was called until it had looked at every account once. */
function firstCycle({ calls }: AwsStandIn): number[] {
  const seen = new Set<string>();
  let last = 0;
  for (const [n, { name, accountId }] of calls.entries()) {
    if (name !== 'cloudtrail:LookupEvents' || seen.has(accountId)) continue;
    seen.add(accountId);
    last = n;
  }
  return calls.slice(0, last + 1).map(({ at }) => at);
}

/** Waits until nobody is polled any more, which the next turn of the schedule ends. */
async function restOf({ lookups }: AwsStandIn): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (let before = -1; before !== lookups.length; await sleep(REST)) {
    if (Date.now() > end) throw new Error('a cycle takes longer than there is time between two');
    before = lookups.length;
  }
}

async function reached(look: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE; !look(); await sleep(50))
    if (Date.now() > end) throw new Error('the accounts are not polled');
}

/** From the first of these moments to the last. */
const spanOf = (moments: readonly number[]): number => Math.max(...moments) - Math.min(...moments);
