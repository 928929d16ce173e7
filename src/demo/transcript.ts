import { CAST } from './stage.ts';

/** Slack's markup as a terminal shows it: names for mentions, times as they are, no formatting. */
export function asText(markup: string): string {
  return markup
    .replace(/<@(\w+)>/g, (_, id: string) => `@${CAST.find((person) => person.id === id)?.name ?? id}`)
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/[*`]/g, '')
    .replaceAll('\n', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
