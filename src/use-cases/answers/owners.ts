import { name, type Sentence, say } from '../../domain/answer.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { gaps } from './gaps.ts';
import { userOf } from './whose.ts';

/** What people call the tag that says whom to ask. */
const OWNER_TAG = /owner|e-?mail|contact|team|responsible|manager|maintainer|department/i;

/** Who is responsible, by the tags of the added user and of the actor. */
export const findOwners =
  ({ facts, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const asking = askingOf(about, asked);
    const found = gaps();
    const tagsOf = async (kind: 'user' | 'role', of: string) => {
      const fact =
        kind === 'role'
          ? await facts.role(of, asking)
          : ((await facts.cardFacts({ user: of }, asking)).user?.identity ?? undefined);
      return ownersIn(kind, of, found.of(fact, `the ${kind} ${of}`)?.tags);
    };
    const actor = userOf(event.actor);
    const said = [
      ...(subject === undefined ? [] : await tagsOf('user', subject)),
      ...(actor !== undefined && actor !== subject ? await tagsOf('user', actor) : []),
      ...(event.actor.type === 'AssumedRole' ? await tagsOf('role', event.actor.name) : []),
    ];
    const human = event.actor.human;
    return {
      at: found.asOf(clock.now()),
      source: 'tags in IAM, the record',
      short: said.length > 0 ? said.slice(0, 3) : [say`No tag says whom to ask`],
      more: [
        ...said.slice(3),
        ...(human
          ? [say`The session of the actor is called ${name(human.name)}, which may be their address`]
          : []),
      ],
      missing: found.missing,
    };
  };

function ownersIn(kind: string, of: string, tags: Record<string, string> | undefined): Sentence[] {
  if (!tags) return [];
  return Object.entries(tags)
    .filter(([key]) => OWNER_TAG.test(key))
    .map(([key, value]) => say`The ${kind} ${name(of)} has ${name(key)} = ${name(value)}`);
}
