import {
  type CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type { STSClient } from '@aws-sdk/client-sts';
import { failureOf } from '../aws/failure.ts';
import { callerOf } from '../aws/identity.ts';
import type { Reading } from '../domain/event.ts';
import { MINUTE } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventScan, EventSource } from '../ports/cloudtrail.ts';
import { rawOf } from './raw.ts';
import { readRecord } from './record.ts';
import type { Queue, TokenBucket } from './token-bucket.ts';

interface Needs {
  cloudtrail: CloudTrailClient;
  sts: STSClient;
  bucket: TokenBucket;
  clock: Clock;
  /** The account as far as it is known; fills in what old records leave out. */
  account: () => string | undefined;
  region: string;
}

/** A scan whose token AWS refuses is started again this often before it is given up until the next poll. */
const RESTARTS = 3;

/**
 * LookupEvents, one token for every request. The window stays the same for a whole scan, since a token is bound
 * to it; an empty page with a token is not the end.
 * Source: docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function cloudtrailSource({ cloudtrail, sts, bucket, clock, account, region }: Needs): EventSource {
  const calls: number[] = [];
  let skew: number | undefined;

  cloudtrail.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const date = dateHeader(result.response);
      if (date !== undefined) skew = date - clock.now();
      return result;
    },
    { step: 'deserialize', name: 'clockSkew' },
  );

  async function lookUp(input: LookupEventsCommandInput, signal: AbortSignal, queue: Queue) {
    await bucket.take(signal, queue);
    calls.push(clock.now());
    return cloudtrail.send(new LookupEventsCommand(input), { abortSignal: signal });
  }

  async function* scanOnce(
    { by, window, behindPolls }: EventScan,
    signal: AbortSignal,
  ): AsyncGenerator<Reading[]> {
    let token: string | undefined;
    do {
      const page: LookupEventsCommandOutput = await lookUp(
        {
          LookupAttributes: [{ AttributeKey: by.key, AttributeValue: by.value }],
          StartTime: new Date(window.start),
          EndTime: new Date(window.end),
          MaxResults: 50,
          NextToken: token,
        },
        signal,
        behindPolls ? 'look-up' : 'poll',
      );
      const hint = { account: account(), region, receivedAt: clock.now() };
      yield (page.Events ?? []).map((event) => readRecord(rawOf(event), hint));
      token = page.NextToken || undefined;
    } while (token !== undefined);
  }

  return {
    identity: (signal) => callerOf(sts, signal),

    async *pages(scan, signal) {
      for (let restart = 0; ; restart++) {
        try {
          yield* scanOnce(scan, signal);
          return;
        } catch (error) {
          signal.throwIfAborted();
          if (!isTokenTrouble(error) || restart === RESTARTS) throw failureOf(error, 'reading CloudTrail');
        }
      }
    },

    clockSkew: () => skew,

    waiting() {
      const { poll, 'look-up': lookUps } = bucket.waiting();
      return { polls: poll, lookUps };
    },

    callsLastMinute() {
      while (calls[0] !== undefined && calls[0] <= clock.now() - MINUTE) calls.shift();
      return calls.length;
    },
  };
}

function dateHeader(response: unknown): number | undefined {
  const headers = typeof response === 'object' && response ? Reflect.get(response, 'headers') : undefined;
  const date = typeof headers === 'object' && headers ? Reflect.get(headers, 'date') : undefined;
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** True for the one error after which the same window is scanned from its start again. */
function isTokenTrouble(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidNextTokenException';
}
