import type { Cause } from '../alert.ts';
import type { Asked } from '../question.ts';

/** An e-mail address that may lead to a person at Slack, and where it stands, in words. Both are outside text. */
export interface Address {
  email: string;
  where: string;
}

/** Tags of an IAM user, by their name. */
export interface Tagged {
  user: string;
  tags: Record<string, string>;
}

type Match = Extract<Cause, { is: 'match' }>;

/** The IAM user whose tags tell whom to ask; none for a role, or where the record names nobody. */
export function taggedUser(asked: Asked, { event, subject }: Match): string | undefined {
  if (asked === 'owner') return subject;
  return event.actor.type === 'IAMUser' ? event.actor.name : undefined;
}

/**
 * Addresses by which whoever is asked may be found, the surest first. A source identity can't be changed once it is
 * set; a session's name and tags are written by whoever may, so an answer is evidence and no proof.
 */
export function addressesOf(asked: Asked, { event, subject }: Match, tagged?: Tagged): Address[] {
  const { human, type, name } = event.actor;
  const kinds = asked === 'owner' ? ['owner', 'email'] : ['email', 'owner'];
  const found: (Address | undefined)[] = [
    ...(asked === 'actor'
      ? [
          human && {
            email: human.name,
            where: human.by === 'sourceIdentity' ? 'source identity' : 'session name',
          },
          type === 'IAMUser' ? { email: name, where: 'user name' } : undefined,
        ]
      : []),
    ...kinds.flatMap((kind) => (tagged ? tagOf(tagged, kind) : [])),
    asked === 'owner' && subject !== undefined ? { email: subject, where: 'user name' } : undefined,
  ];
  const addresses = found.filter((one) => one !== undefined && isAddress(one.email));
  const known = new Set<string>();
  return addresses.flatMap((one) => {
    if (!one || known.has(one.email.toLowerCase())) return [];
    known.add(one.email.toLowerCase());
    return [one];
  });
}

/** IAM keeps the letter case of tags and takes any; people write `Owner` and `owner`. */
function tagOf({ user, tags }: Tagged, kind: string): Address[] {
  return Object.entries(tags)
    .filter(([key]) => key.toLowerCase() === kind)
    .map(([key, email]) => ({ email: email.trim(), where: `tag ${key} of the IAM user ${user}` }));
}

/** Close enough to ask Slack about; Slack decides. */
const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>"']+@[^\s@<>"']+$/.test(text);
