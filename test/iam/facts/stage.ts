import { onTestFinished } from 'vitest';
import type { Asking, IamFacts } from '../../../src/domain/facts.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { iamFacts } from '../../../src/iam/facts/iam-facts.ts';
import type { AwsOptions, AwsStandIn } from '../../../src/standins/aws/account.ts';
import { account, sdk } from '../../standins/aws/sdk.ts';

/** An account with the real SDK on it, and facts read by that. */
export interface Stage {
  aws: AwsStandIn;
  facts: IamFacts;
  asking: Asking;
  time: { now: number };
  /** Names of the calls since this was asked last, sorted. */
  calls(): string[];
}

/** When a stage's clock begins. */
export const NOW = Date.UTC(2026, 10, 24, 12);

/** Facts are remembered for five minutes of the stage's own clock. */
export async function stage(options: AwsOptions = {}, settings: object = {}): Promise<Stage> {
  const time = { now: NOW };
  const clock = { now: () => time.now };
  const aws = await account({ clock: clock.now, ...options });
  const facts = iamFacts({ client: sdk(aws, settings).iam, clock, ttl: 5 * MINUTE });
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  let seen = 0;
  return {
    aws,
    facts,
    asking: { signal: leaving.signal },
    time,
    calls() {
      const names = aws.calls.slice(seen).map(({ name }) => name.replace('iam:', ''));
      seen = aws.calls.length;
      return names.sort();
    },
  };
}

/** A document with one Allow. */
export const allowing = (...Action: string[]): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
