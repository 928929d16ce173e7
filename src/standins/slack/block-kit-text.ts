import { isObject, text } from './json.ts';

export type Report = (pointer: string, message: string) => void;

/** Slack doesn't say what it counts; code points. */
export const count = (value: string): number => [...value].length;

/** A text object: 1 to `longest` characters, mrkdwn or plain_text. */
export function checkText(
  value: unknown,
  at: string,
  longest: number,
  report: Report,
  only?: 'plain_text',
): void {
  if (!isObject(value)) {
    report(at, 'a text object is missing');
    return;
  }
  if (value.type !== 'mrkdwn' && value.type !== 'plain_text')
    report(at, `unknown text type ${text(value.type)}`);
  if (only && value.type !== only) report(at, `must be ${only}`);
  const length = count(text(value.text));
  if (length < 1) report(at, 'the text is empty');
  if (length > longest) report(at, `the text has ${length} characters, over ${longest}`);
  if (value.type === 'plain_text' && value.verbatim !== undefined) report(at, 'verbatim is for mrkdwn');
  if (value.type === 'mrkdwn' && value.emoji !== undefined) report(at, 'emoji is for plain_text');
}

/** The same where the text may be left out. */
export function checkOptionalText(
  value: unknown,
  at: string,
  longest: number,
  report: Report,
  only?: 'plain_text',
): void {
  if (value !== undefined) checkText(value, at, longest, report, only);
}

/** A plain string of at most `longest` characters; `least` is 0 where it may be left out. */
export function checkString(value: unknown, at: string, longest: number, report: Report, least = 0): void {
  if (value !== undefined && typeof value !== 'string') report(at, 'must be a string');
  const length = count(text(value));
  if (length < least) report(at, 'is missing');
  if (length > longest) report(at, `has ${length} characters, over ${longest}`);
}

/** One of these words, or nothing. */
export function checkWord(value: unknown, at: string, words: readonly unknown[], report: Report): void {
  if (value !== undefined && !words.includes(value)) report(at, `must be one of ${words.join(', ')}`);
}

/** An array of `least` to `most`; gives what is in it. */
export function checkList(
  value: unknown,
  at: string,
  [least, most]: readonly [least: number, most: number],
  report: Report,
): unknown[] {
  if (value !== undefined && !Array.isArray(value)) report(at, 'must be an array');
  const items = Array.isArray(value) ? value : [];
  if (items.length < least || items.length > most) report(at, `takes ${least} to ${most}`);
  return items;
}

/** An address that a client may open. */
export function checkUrl(value: unknown, at: string, report: Report): void {
  checkString(value, at, 3000, report, 1);
  if (typeof value === 'string' && !/^(https?|mailto):/i.test(value))
    report(at, 'must be an http(s) address');
}
