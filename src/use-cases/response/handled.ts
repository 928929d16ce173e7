import type { Instant } from '../../domain/time.ts';

/** What a job's handler came to: ended, or to be looked at again. A throw is tried again later by itself. */
export type Handled = { is: 'done' } | { is: 'again'; at: Instant };
