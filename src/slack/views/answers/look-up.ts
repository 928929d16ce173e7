import type { KnownBlock } from '@slack/types';
import type { LookedUp, Place, Wanted } from '../../../use-cases/look-up/wanted.ts';
import { actions, button, context, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { ACTION, COMMAND } from '../../ids.ts';
import { SPAN_NAMES, typedAs } from '../../listeners/wanted.ts';
import { code, join, type Mrkdwn, mrkdwn, prose, shown, upper } from '../../text.ts';
import { answerBlocks } from '../step-answer.ts';

/** What a look-up found: live facts, then our own history of it. */
export function lookUpAnswer(wanted: Wanted, found: LookedUp, history: readonly KnownBlock[]): Drawn {
  switch (found.is) {
    case 'found': {
      const where = found.account ? mrkdwn` in ${placeWords(found.account)}` : mrkdwn``;
      const head = mrkdwn`*${TITLES[wanted.kind]}* ${code(found.name, 200)}${where}`;
      return {
        text: head.text,
        blocks: [
          section(head),
          ...answerBlocks(found.answer),
          ...spans({ ...wanted, account: found.account?.id ?? wanted.account }),
          ...(found.account && wanted.account === undefined ? [elsewhere(wanted)] : []),
          ...history,
        ],
      };
    }
    case 'several': {
      const head = mrkdwn`More than one goes by ${code(wanted.text, 128)}. Which one?`;
      return { text: head.text, blocks: [section(head), ...choices(found.arns.map(actorNamed))] };
    }
    case 'in-several': {
      const head = mrkdwn`More than one account knows ${KIND_WORDS[wanted.kind]} ${code(wanted.text, 128)}. Which one?`;
      return {
        text: head.text,
        blocks: [section(head), ...placeChoices(found.accounts, wanted), elsewhere(wanted)],
      };
    }
    case 'unreadable': {
      const head = mrkdwn`*${TITLES[wanted.kind]}* ${code(wanted.text, 200)} in ${placeWords(found.account)}: the account can't be read.`;
      const how = mrkdwn`${prose(upper(found.why))}.\n*To do:* ${WAY_IN}, and see what \`npm run doctor\` says.`;
      return { text: head.text, blocks: [section(join([head, how], '\n')), ...history] };
    }
    case 'not-watched':
      return notWatched(wanted, found);
    case 'unknown': {
      if (history.length > 0) {
        const head = mrkdwn`*${TITLES[wanted.kind]}* ${code(wanted.text, 200)}: nothing lately, and no alert.`;
        return { text: head.text, blocks: [section(head), ...spans(wanted), ...history] };
      }
      const head = mrkdwn`Neither AWS nor Groupwatch knows ${KIND_WORDS[wanted.kind]} ${code(wanted.text, 128)}.`;
      const near = found.near.map((text): Wanted => ({ ...wanted, text }));
      return {
        text: head.text,
        blocks: [
          section(near.length > 0 ? mrkdwn`${head} Did you mean one of these?` : head),
          ...choices(near),
          ...(found.missing.length > 0
            ? [
                context([
                  join(
                    found.missing.map((why) => mrkdwn`🔑 ${prose(why, 200)}`),
                    '\n',
                  ),
                ]),
              ]
            : []),
        ],
      };
    }
  }
}

const TITLES: Record<Wanted['kind'], string> = {
  user: 'User',
  group: 'Group',
  actor: 'Actor',
  event: 'Event',
};

const KIND_WORDS: Record<Wanted['kind'], string> = {
  user: 'a user',
  group: 'a group',
  actor: 'an actor',
  event: 'an event',
};

const actorNamed = (text: string): Wanted => ({ kind: 'actor', text, span: '24h' });

/** Buttons carry what would be typed. */
const again = (label: string, wanted: Wanted, id: string = ACTION.lookUp) =>
  button(shown(label, 70), id, typedAs(wanted).slice(0, 1_900));

function choices(all: readonly Wanted[]): KnownBlock[] {
  return all.map((wanted) =>
    section(mrkdwn`${code(wanted.text, 200)}`, { accessory: again('Look it up', wanted) }),
  );
}

function placeChoices(places: readonly Place[], wanted: Wanted): KnownBlock[] {
  return places.map((place) =>
    section(placeWords(place), {
      accessory: again('Look it up', { ...wanted, account: place.id ?? place.name }),
    }),
  );
}

const placeWords = ({ id, name }: Place): Mrkdwn =>
  join(
    [
      name === undefined ? mrkdwn`the account` : mrkdwn`*${prose(name, 60)}*`,
      id !== undefined && code(id, 20),
    ],
    ' ',
  );

const elsewhere = ({ kind, text }: Wanted): KnownBlock =>
  context([mrkdwn`In another account: ${code(`${COMMAND} ${kind} ${shown(text, 64)} ACCOUNT`, 100)}`]);

const WAY_IN = mrkdwn`deploy \`deploy/cloudformation.yml\` in it with the ARN of the role that Groupwatch runs with, name it with that role and its external id under \`accounts\` in \`CONFIG_FILE\``;

/** What is watched, and what it takes to look elsewhere. */
function notWatched(wanted: Wanted, { watched, total }: Extract<LookedUp, { is: 'not-watched' }>): Drawn {
  const which = wanted.account ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(wanted.text)?.[1] ?? '';
  const head = mrkdwn`The account ${code(which, 100)} isn't watched, so nobody can be looked up there.`;
  const how = mrkdwn`To look there, ${WAY_IN}, and send Groupwatch SIGHUP.`;
  const few = total > watched.length ? ` (${watched.length} of ${total})` : '';
  return {
    text: head.text,
    blocks: [
      section(join([head, how], '\n')),
      section(mrkdwn`*What is watched*${few}`),
      ...placeChoices(watched, wanted),
    ],
  };
}

function spans(wanted: Wanted): KnownBlock[] {
  if (wanted.kind !== 'actor') return [];
  const others = SPAN_NAMES.filter((span) => span !== wanted.span);
  return [
    context([mrkdwn`Activity of ${wanted.span}; for another span:`]),
    // Ids must differ within a block.
    actions(
      [ACTION.lookUp, ACTION.lookUpLonger, ACTION.lookUpLongest].flatMap((id, n) => {
        const span = others[n];
        return span ? [again(span, { ...wanted, span }, id)] : [];
      }),
    ),
  ];
}

/** That it takes longer, and how far it is. */
export function progressAnswer(wanted: Wanted, id: string, pages: number): Drawn {
  const read = pages > 0 ? ` ${pages} pages of CloudTrail read so far.` : '';
  const said = mrkdwn`⏳ Looking up ${KIND_WORDS[wanted.kind]} ${code(wanted.text, 128)}.${read}`;
  return { text: said.text, blocks: [section(said), actions([button('Cancel', ACTION.cancelLookUp, id)])] };
}

/** A look-up may have ended meanwhile, or run in another process; then it ends by itself. */
export function cancelledAnswer(ended: boolean): Drawn {
  const said = ended
    ? mrkdwn`The look-up was cancelled.`
    : mrkdwn`This look-up isn't under way here any more.`;
  return { text: said.text, blocks: [section(said)] };
}
