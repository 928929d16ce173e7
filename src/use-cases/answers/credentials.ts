import { activityIn } from '../../domain/activity.ts';
import { type Sentence, say, strong, utc } from '../../domain/answer.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import { CREDENTIAL_COLUMNS, credentialRows } from './credential-rows.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { gaps } from './gaps.ts';
import { whoseActor } from './whose.ts';

/** Every credential of the added user with age, last use and state; and what the actor made in a day around it. */
export const findCredentials =
  ({ facts, activityOf, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const found = gaps();
    const user = subject === undefined ? undefined : await facts.userFacts(subject, askingOf(about, asked));
    const now = clock.now();
    const rows = user ? credentialRows(user, found, now) : [];
    const made = await found.trail('what the actor made', asked.signal, async () => {
      const window = {
        start: Math.max(event.time - DAY, now - EVENT_HISTORY),
        end: Math.min(event.time + DAY, now),
      };
      const done = await activityOf(whoseActor(event.actor), window, asked);
      return activityIn(done.events, { from: done.from, to: window.end }).made;
    });
    const active = rows.filter(([, , state]) => state === 'Active').length;
    return {
      at: found.asOf(now),
      source: 'IAM, CloudTrail',
      short: [
        subject === undefined
          ? say`The record names no user`
          : say`${strong(active)} of ${rows.length} credentials of the user work`,
        ...(made ? [madeSentence(made.length)] : []),
      ],
      more: [],
      table: {
        columns: CREDENTIAL_COLUMNS,
        rows: [
          ...rows,
          ...(made ?? []).map(({ at, call, name }) => [
            'made by the actor',
            call,
            name ?? '-',
            `${spanInWords(now - at)}`,
            utc(at),
          ]),
        ],
      },
      missing: found.missing,
    };
  };

const madeSentence = (count: number): Sentence =>
  count === 0
    ? say`The actor made no user or credential in the day before and after`
    : say`The actor made ${strong(count)} users or credentials in the day before and after`;
