import { Refusal } from '../answer.ts';

export function noSuchEntity(message: string): Refusal {
  return new Refusal('NoSuchEntity', message, 404);
}

export function alreadyExists(what: string): Refusal {
  return new Refusal('EntityAlreadyExists', `${what} already exists.`, 409);
}

/** What must be gone before an entity can be deleted. */
export function deleteConflict(first: string): Refusal {
  return new Refusal('DeleteConflict', `Cannot delete entity, must ${first} first.`, 409);
}
