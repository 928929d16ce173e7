import type { UserId } from './person.ts';
import type { Asked, Said } from './question.ts';
import type { Instant } from './time.ts';

export const PHASES = ['triage', 'false-positive', 'response'] as const;
/** A stretch of the investigation; each is one message in the alert's thread. */
export type Phase = (typeof PHASES)[number];

/** One question of the guide. */
export interface GuideStep {
  id: string;
  phase: Phase;
  title: string;
  question: string;
  /** What to look at to answer it. */
  look: string[];
}

/** What somebody who was asked about the alert has answered. It informs; only a responder marks a step. */
export interface Evidence {
  asked: Asked;
  by: UserId;
  at: Instant;
  said: Said;
  comment?: string;
}

/** What people have said about one step. A missing mark means open, without a note. */
export interface GuideMark {
  state: 'open' | 'done' | 'not-applicable';
  by: UserId;
  at: Instant;
  note?: { text: string; by: UserId; at: Instant };
  evidence?: Evidence[];
}

export type GuideMarks = Record<string, GuideMark>;

/** How far a guide is: steps that are answered (done or not applicable) of all. */
export function progressOf(
  steps: readonly GuideStep[],
  marks: GuideMarks,
): { answered: number; total: number } {
  const answered = steps.filter(({ id }) => (marks[id]?.state ?? 'open') !== 'open').length;
  return { answered, total: steps.length };
}
