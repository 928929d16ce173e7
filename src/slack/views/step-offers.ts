import type { StepChoice } from '../ids.ts';

interface Offer {
  label: string;
  what: StepChoice;
}

/** What a step offers beyond its marks and its answer, by the step's id; one each, since a block takes an action once. */
const OFFERS: Record<string, Offer[]> = {
  actor: [{ label: 'Ask the actor', what: 'ask-actor' }],
  owners: [{ label: 'Ask the owner', what: 'ask-owner' }],
  'intended-use': [{ label: 'Add an exception…', what: 'exception' }],
};

/** What can be done about a step, other than to mark it. */
export const offersOf = (stepId: string): Offer[] => OFFERS[stepId] ?? [];
