import { ACTION, COMMAND } from '../slack/ids.ts';
import type { Person } from '../standins/slack/person.ts';
import type { Message, View } from '../standins/slack/types.ts';
import { CHANNEL, type Stage } from './stage.ts';

/** Writes a line of the transcript. */
export type Say = (line: string) => void;

/** Whoever plays the story, and how it waits for what people see. */
export interface Partners {
  ana: Person;
  ben: Person;
  cleo: Person;
  otto: Person;
  /** Waits for what is looked for; throws when it doesn't come within 25 s. */
  see<T>(look: () => T | undefined | false, what: string): Promise<T>;
  /** All cards about this user that there are. */
  cardsOf(user: string): Message[];
  /** The card about this user. */
  cardOf(user: string): Promise<Message>;
  /** The reply in a card's thread that has these words. */
  inThread(card: Message, words: string): Promise<Message>;
  /** Waits until a message shows these words. */
  shows(message: Message, words: string): Promise<unknown>;
  /** The modal of this callback_id, once it is open. */
  form(person: Person, callbackId: string): Promise<View>;
  /** Opens a card's guide, and presses what one of its steps offers beside its marks. */
  takeUpOffer(person: Person, card: Message, offer: { phase: string; step: string }): Promise<void>;
  /** What `/groupwatch` answers, once it has these words. */
  ask(person: Person, command: string, words: string): Promise<Message>;
}

/** The alert's id on its card. */
export const idOn = (card: Message): string => /GW-\w{12}/.exec(card.text)?.[0] ?? '';

/** Whether a message shows these words. */
export const isShown = ({ blocks }: Pick<Message, 'blocks'>, words: string): boolean =>
  JSON.stringify(blocks).includes(words);

export function partners({ slack }: Stage): Partners {
  const see: Partners['see'] = (look, what) => slack.until(look, what, 25_000);
  const cardsOf: Partners['cardsOf'] = (user) =>
    slack.messages(CHANNEL).filter(({ text, thread_ts }) => !thread_ts && text.includes(`added \`${user}\``));
  const inThread: Partners['inThread'] = (card, words) =>
    see(
      () => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes(words)),
      `“${words}” in the thread`,
    );
  return {
    ana: slack.person('U0ANA'),
    ben: slack.person('U0BEN'),
    cleo: slack.person('U0CLEO'),
    otto: slack.person('U0OTTO'),
    see,
    cardsOf,
    cardOf: (user) => see(() => cardsOf(user)[0], `a card about ${user}`),
    inThread,
    shows: (message, words) => see(() => isShown(message, words), `“${words}” on the message`),
    form: (person, callbackId) =>
      see(() => {
        const view = person.view();
        return view?.callback_id === callbackId && view;
      }, `the modal ${callbackId}`),
    async takeUpOffer(person, card, { phase, step }) {
      await person.press(card, ACTION.openGuide);
      const guide = await inThread(card, phase);
      const offers = guide.blocks.find(({ block_id }) => String(block_id).startsWith(`guide.${step}.offers`));
      await person.press(guide, ACTION.stepOffer, { blockId: String(offers?.block_id) });
    },
    async ask(person, command, words) {
      const before = person.ephemerals().length;
      await person.command(CHANNEL, COMMAND, command);
      const answers = (): Message[] => person.ephemerals().slice(before);
      return see(() => answers().find((one) => isShown(one, words)), `the answer to ${command}`);
    },
  };
}
