import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../domain/time.ts';

/** As long as a database may be away until a person must look after it. */
const TRIES = 120;

/**
 * What Slack has shown already must not be forgotten because the database is away just now: tries to store it every
 * second for two minutes. Storing it late does no harm, since only who holds the message may.
 */
export async function insist<T>(store: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await store();
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(SECOND, undefined, { ref: false });
    }
  }
}
