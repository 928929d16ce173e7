import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  Checkboxes,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  InputBlock,
  ModalView,
  Overflow,
  PlainTextOption,
  RadioButtons,
  RichTextBlock,
  SectionBlock,
} from '@slack/types';
import { element, label, type Mrkdwn, plain, shown } from './text.ts';

export const header = (text: string, id?: string): HeaderBlock => ({
  type: 'header',
  text: plain(text, 150),
  ...(id && { block_id: id }),
});

export const section = (text: Mrkdwn, more: Partial<SectionBlock> = {}): SectionBlock => ({
  type: 'section',
  text: element(text),
  expand: true,
  ...more,
});

export const fields = (texts: readonly Mrkdwn[], id?: string): SectionBlock => ({
  type: 'section',
  fields: texts.slice(0, 10).map(element),
  ...(id && { block_id: id }),
});

export const context = (texts: readonly Mrkdwn[], id?: string): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, 10).map(element),
  ...(id && { block_id: id }),
});

/** A picture that was uploaded; the description is for who can't see it. */
export const picture = (fileId: string, { title, alt }: { title: string; alt: string }): ImageBlock => ({
  type: 'image',
  slack_file: { id: fileId },
  title: plain(title, 200),
  alt_text: shown(alt, 1_900),
});

export const divider = (): DividerBlock => ({ type: 'divider' });

export const actions = (elements: ActionsBlockElement[], id?: string): ActionsBlock => ({
  type: 'actions',
  elements,
  ...(id && { block_id: id }),
});

export const button = (
  text: string,
  actionId: string,
  value: string,
  more: Pick<Button, 'style' | 'accessibility_label' | 'confirm' | 'url'> = {},
): Button => ({ type: 'button', text: label(text), action_id: actionId, value, ...more });

export const option = (text: string, value: string): PlainTextOption => ({ text: label(text), value });

export const overflow = (actionId: string, options: PlainTextOption[]): Overflow => ({
  type: 'overflow',
  action_id: actionId,
  options,
});

export const radioButtons = (options: PlainTextOption[], initial?: PlainTextOption): RadioButtons => ({
  type: 'radio_buttons',
  options,
  ...(initial && { initial_option: initial }),
});

export const checkboxes = (options: PlainTextOption[], initial: PlainTextOption[] = []): Checkboxes => ({
  type: 'checkboxes',
  options,
  ...(initial.length > 0 && { initial_options: initial }),
});

/** A modal's input; its block and its element have the same id. */
export const input = (
  id: string,
  text: string,
  element: InputBlock['element'],
  hint?: string,
): InputBlock => ({
  type: 'input',
  block_id: id,
  label: label(text),
  element: { ...element, action_id: id },
  ...(hint && { hint: label(hint) }),
});

/** Text exactly as it is: nothing in it is parsed. At most 3,000 characters. */
export const preformatted = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});

export function modal(title: string, blocks: ModalView['blocks'], more: Partial<ModalView> = {}): ModalView {
  return { type: 'modal', title: plain(title, 24), close: label('Close'), blocks, ...more };
}
