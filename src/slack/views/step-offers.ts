import type { StepChoice } from '../ids.ts';

/** What a step offers beyond its marks and its answer, by the step's id; one each, since a block takes an action once. */
const OFFERS: Record<string, { label: string; what: StepChoice }[]> = {
  'intended-use': [{ label: 'Add an exception…', what: 'exception' }],
};

/** What can be done about a step, other than to mark it. */
export const offersOf = (stepId: string): { label: string; what: StepChoice }[] => OFFERS[stepId] ?? [];
