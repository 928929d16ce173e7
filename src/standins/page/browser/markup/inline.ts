/** A piece of a line as Slack draws it. */
export type Inline =
  | { is: 'text'; text: string }
  | { is: 'bold' | 'italic' | 'strike' | 'code'; inside: Inline[] }
  | { is: 'link'; url: string; label: string }
  | { is: 'user' | 'channel' | 'group'; id: string; label?: string }
  | { is: 'broadcast'; range: string }
  | { is: 'date'; at: number; format: string; link?: string; fallback: string }
  | { is: 'emoji'; name: string; sign: string }
  | { is: 'break' }
  /** What Slack's markup doesn't know: shown as an error, never as nothing. */
  | { is: 'wrong'; raw: string; why: string };

/** Some lines of one kind. */
export interface Paragraph {
  is: 'lines' | 'quote' | 'pre';
  inside: Inline[];
}

/** Only these become links; all else is shown as an error. */
export const isSafeUrl = (url: string): boolean => /^(https?:\/\/|mailto:)\S+$/i.test(url);

/** Slack's three entities, and no others. Always the last step: what they hide must stay hidden from the parser. */
export const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
