import { list, object, text } from '../standins/slack/json.ts';
import type { Message } from '../standins/slack/types.ts';
import { CAST } from './stage.ts';

/** Slack's markup as a terminal shows it: names for mentions, times as they are, no formatting. */
export function asText(markup: string): string {
  return markup
    .replace(/<@(\w+)>/g, (_, id: string) => `@${CAST.find((person) => person.id === id)?.name ?? id}`)
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/(?<=^|[\s(])\*(\S[^*\n]*\S|\S)\*(?=$|[\s.,:;)!?])/gm, '$1')
    .replaceAll('`', '')
    .replaceAll('\n', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Every line of markup in a message's or a modal's blocks, from top to bottom. */
export function linesOf(blocks: unknown): string[] {
  return list(blocks).flatMap((block) => {
    const { text: own, elements } = object(block);
    return [own, ...list(elements)].flatMap((one) => text(object(one).text).split('\n'));
  });
}

/** Why a card's alert matters, as the card says it: the score, each factor, and the other alerts it belongs to. */
export const reasonsOn = ({ blocks }: Message): string[] =>
  linesOf(blocks)
    .filter((line) => /^(\*Risk |\+\d|🔗)/u.test(line))
    .map(asText);
