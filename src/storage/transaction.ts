import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

class GivenUp<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('rolled back');
    this.answer = answer;
  }
}

/** Runs `work` in one transaction. `giveUp(answer)` undoes all of it, and `answer` is returned. */
export async function transact<T>(
  db: Kysely<Schema>,
  work: (trx: Transaction<Schema>, giveUp: (answer: T) => never) => Promise<T>,
): Promise<T> {
  const giveUp = (answer: T): never => {
    throw new GivenUp(answer);
  };
  try {
    return await db.transaction().execute((trx) => work(trx, giveUp));
  } catch (error) {
    if (error instanceof GivenUp) return error.answer;
    throw error;
  }
}
