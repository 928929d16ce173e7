import type { Person } from '../standins/slack/person.ts';
import type { Message } from '../standins/slack/types.ts';
import { CHANNEL, type Stage } from './stage.ts';

/** Whoever plays the story, and how it waits for what people see. */
export interface Partners {
  ana: Person;
  ben: Person;
  cleo: Person;
  otto: Person;
  /** Waits for what is looked for; throws when it doesn't come within 25 s. */
  see<T>(look: () => T | undefined | false, what: string): Promise<T>;
  /** The reply in a card's thread that has these words. */
  inThread(card: Message, words: string): Promise<Message>;
  /** Waits until a message shows these words. */
  shows(message: Message, words: string): Promise<unknown>;
}

export function partners({ slack }: Stage): Partners {
  const see: Partners['see'] = (look, what) => slack.until(look, what, 25_000);
  return {
    ana: slack.person('U0ANA'),
    ben: slack.person('U0BEN'),
    cleo: slack.person('U0CLEO'),
    otto: slack.person('U0OTTO'),
    see,
    inThread: (card, words) =>
      see(() => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes(words)), words),
    shows: (message, words) => see(() => JSON.stringify(message.blocks).includes(words), words),
  };
}
