import type { StepChoice } from '../ids.ts';

/** What a step's menu offers beyond its marks, by the step's id. A menu takes five entries, and the marks three. */
const OFFERS: Record<string, { label: string; what: StepChoice }[]> = {
  'intended-use': [{ label: 'Add an exception…', what: 'exception' }],
};

/** What can be done about a step, other than to mark it. */
export const offersOf = (stepId: string): { label: string; what: StepChoice }[] => OFFERS[stepId] ?? [];
