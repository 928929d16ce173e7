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
