import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Log } from '../ports/log.ts';

/** A log whose lines say what they belong to, without anybody handing that on. */
export interface Trace {
  log: Log;
  /** Every line that is logged in this work, however deep and however late, carries an id of it: `click-3f2a9c01`. */
  within<T>(kind: 'click' | 'poll' | 'sweep' | 'job', work: () => T): T;
}

/** Adds the id of the click, poll or job to the lines of a log. What a job sets off has the job's id, not the click's. */
export function traced(log: Log): Trace {
  const ids = new AsyncLocalStorage<string>();
  const marked = (facts: object): object => {
    const request = ids.getStore();
    return request === undefined ? facts : { request, ...facts };
  };
  return {
    log: {
      debug: (facts, message) => log.debug(marked(facts), message),
      info: (facts, message) => log.info(marked(facts), message),
      warn: (facts, message) => log.warn(marked(facts), message),
      error: (facts, message) => log.error(marked(facts), message),
    },
    within: (kind, work) => ids.run(`${kind}-${randomUUID().slice(0, 8)}`, work),
  };
}
