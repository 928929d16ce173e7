import type { Verdict } from '../policy/verdict.ts';

/** One thing that was found out about an addition. Spans are in milliseconds before it. Names are outside text. */
export type Signal =
  | { is: 'grants'; group: string; verdict: Verdict }
  /** The actor added itself: by its own name, or by a session that its source identity gives away. */
  | { is: 'self-addition'; user: string; by: 'user' | 'source-identity' }
  | { is: 'root' }
  /** What was done to the group before: it was created, or a policy was attached to it or written into it. */
  | { is: 'chain'; event: string; before: number }
  | { is: 'new-user'; user: string; age: number }
  | { is: 'weak-session'; why: 'no-mfa' | 'long-term-key' }
  | { is: 'first-addition'; days: number }
  /** All additions by this actor within a span, this one included. */
  | { is: 'mass-addition'; count: number; within: number }
  | { is: 'delegated-access'; account: string }
  | { is: 'password-without-mfa'; user: string }
  /** Somebody was asked and says that it wasn't them. */
  | { is: 'disowned'; by: string };
