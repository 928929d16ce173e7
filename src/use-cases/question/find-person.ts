import type { Cause } from '../../domain/alert.ts';
import type { UserId } from '../../domain/person.ts';
import { type Address, addressesOf, type Tagged, taggedUser } from '../../domain/question/addresses.ts';
import type { Asked } from '../../domain/question.ts';
import { MINUTE } from '../../domain/time.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { QuestionNeeds } from './needs.ts';
import type { AskRefusal } from './wish.ts';

type Found = { is: 'found'; to: UserId; address: Address } | { is: 'refused'; refusal: AskRefusal };

/**
 * The person whom a record leads to, by an e-mail address in it or in the tags of its user: the first who can be
 * asked. For the actor, tags are only read when the record's own addresses lead to nobody.
 */
export async function findPerson(
  needs: QuestionNeeds,
  asked: Asked,
  cause: Extract<Cause, { is: 'match' }>,
): Promise<Found> {
  if (asked === 'actor') {
    const { person } = await firstOf(needs, addressesOf(asked, cause));
    if (person) return found(person);
  }
  const { tagged, unread } = await tagsOf(needs, taggedUser(asked, cause));
  const all = await firstOf(needs, addressesOf(asked, cause, tagged));
  if (all.person) return found(all.person);
  const { unfit, tried } = all;
  if (unfit) return { is: 'refused', refusal: { because: 'unfit', ...unfit } };
  const refusal = {
    because: 'nobody-found',
    asked,
    tried,
    tagged: taggedUser(asked, cause),
    unread,
  } as const;
  return { is: 'refused', refusal };
}

interface Person {
  to: UserId;
  address: Address;
}

const found = (person: Person): Found => ({ is: 'found', ...person });

async function firstOf({ colleagues }: QuestionNeeds, addresses: readonly Address[]) {
  let unfit: { to: UserId; why: string } | undefined;
  for (const address of addresses) {
    const person = await colleagues.byEmail(address.email);
    if (person.is === 'fit') return { person: { to: person.id, address }, tried: [...addresses] };
    if (person.is === 'unfit') unfit ??= { to: person.id, why: person.why };
  }
  return { unfit, tried: [...addresses] };
}

/** Tags that can't be read are no reason to ask nobody, but it must be said. */
async function tagsOf(
  { reader, log }: QuestionNeeds,
  user: string | undefined,
): Promise<{ tagged?: Tagged; unread?: string }> {
  if (user === undefined) return {};
  try {
    const snapshot = await reader.user(user, AbortSignal.timeout(MINUTE));
    return snapshot === 'gone' ? {} : { tagged: { user, tags: snapshot.tags } };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    log.warn({ error: error.message }, 'the tags of a user could not be read');
    return { unread: error.message };
  }
}
