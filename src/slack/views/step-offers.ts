import type { StepChoice } from '../ids.ts';

interface Offer {
  label: string;
  what: StepChoice;
}

/** What a step's menu offers beyond its marks, by the step's id. A menu takes five entries, and the marks three. */
const OFFERS: Record<string, Offer[]> = {
  actor: [{ label: 'Ask the actor', what: 'ask-actor' }],
  owners: [{ label: 'Ask the owner', what: 'ask-owner' }],
  'intended-use': [{ label: 'Add an exception…', what: 'exception' }],
};

/** What can be done about a step, other than to mark it. */
export const offersOf = (stepId: string): Offer[] => OFFERS[stepId] ?? [];
