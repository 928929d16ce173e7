import { Refusal } from '../wire/answer.ts';

/** What is named isn't there. */
export function noSuchEntity(message: string): Refusal {
  return new Refusal('NoSuchEntity', message, 404);
}

/** The name is taken. */
export function alreadyExists(what: string): Refusal {
  return new Refusal('EntityAlreadyExists', `${what} already exists.`, 409);
}

/** What must be gone before an entity can be deleted. */
export function deleteConflict(first: string): Refusal {
  return new Refusal('DeleteConflict', `Cannot delete entity, must ${first} first.`, 409);
}
