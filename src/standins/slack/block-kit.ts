import { checkBlock, type Surface } from './block-kit-blocks.ts';
import {
  checkList,
  checkOptionalText,
  checkString,
  checkText,
  count,
  type Report,
} from './block-kit-text.ts';
import { isObject, list, object, text } from './json.ts';

export interface Violation {
  pointer: string;
  message: string;
}

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
/** Not published as such; messages of more were refused. */
const MOST_CHARACTERS = 13_000;
const MOST_ATTACHMENTS = 100;

/** Everything that Slack would refuse in these blocks, by its published limits. */
export function checkBlocks(blocks: unknown, surface: Surface): Violation[] {
  const found: Violation[] = [];
  const report: Report = (pointer, message) => found.push({ pointer, message });
  if (!Array.isArray(blocks)) return [{ pointer: '', message: 'blocks must be an array' }];
  if (blocks.length > MOST_BLOCKS[surface]) report('', `more than ${MOST_BLOCKS[surface]} blocks`);
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    if (!isObject(block)) {
      report(at, 'not an object');
      continue;
    }
    const id = text(block.block_id);
    if (id && ids.has(id)) report(at, `block_id ${id} twice`);
    checkString(block.block_id, `${at}/block_id`, 255, report);
    ids.add(id);
    checkBlock(block, at, surface, report);
  }
  if (blocks.filter((block) => object(block).type === 'table').length > 1) report('', 'more than one table');
  const characters = JSON.stringify(blocks.map((block) => textsOf(block))).length;
  if (surface === 'message' && characters > MOST_CHARACTERS)
    report('', `over ${MOST_CHARACTERS} characters in all`);
  return found;
}

function textsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textsOf);
  // A table has a limit of its own.
  if (!isObject(value) || value.type === 'table') return '';
  return Object.entries(value).map(([key, item]) =>
    key === 'text' && typeof item === 'string' ? item : textsOf(item),
  );
}

/** Everything that Slack would refuse in a message's attachments: the bar of colour, and blocks beside it. */
export function checkAttachments(attachments: unknown): Violation[] {
  const found: Violation[] = [];
  const report: Report = (pointer, message) => found.push({ pointer, message });
  const all = checkList(attachments, '/attachments', [0, MOST_ATTACHMENTS], report);
  for (const [n, attachment] of all.entries()) {
    const at = `/attachments/${n}`;
    const { color, blocks, fallback, text: said } = object(attachment);
    if (color !== undefined && !/^(good|warning|danger|#?[\da-f]{6})$/i.test(text(color)))
      report(`${at}/color`, 'must be good, warning, danger or a hex colour');
    checkString(fallback, `${at}/fallback`, 3000, report);
    if (blocks === undefined && said === undefined && fallback === undefined) report(at, 'is empty');
    for (const one of blocks === undefined ? [] : checkBlocks(blocks, 'message'))
      found.push({ ...one, pointer: `${at}${one.pointer}` });
  }
  return found;
}

/** Everything that Slack would refuse in a message, its attachments included. */
export const checkMessage = ({ blocks, attachments = [] }: { blocks: unknown; attachments?: unknown }) => [
  ...checkBlocks(blocks, 'message'),
  ...checkAttachments(attachments),
];

/** Everything that Slack would refuse in this view. */
export function checkView(view: unknown): Violation[] {
  const { type, title, submit, close, blocks, private_metadata, callback_id, external_id } = object(view);
  const surface = type === 'home' ? 'home' : 'modal';
  const found = checkBlocks(blocks, surface);
  const report: Report = (pointer, message) => found.push({ pointer, message });
  if (type !== 'modal' && type !== 'home') report('/type', 'a view is a modal or a home');
  if (type === 'modal') checkText(title, '/title', 24, report, 'plain_text');
  checkOptionalText(submit, '/submit', 24, report, 'plain_text');
  checkOptionalText(close, '/close', 24, report, 'plain_text');
  if (type === 'home' && (title ?? submit ?? close) !== undefined)
    report('', 'a home has neither title nor submit nor close');
  checkString(private_metadata, '/private_metadata', 3000, report);
  checkString(callback_id, '/callback_id', 255, report);
  checkString(external_id, '/external_id', 255, report);
  const hasInput = list(blocks).some((block) => object(block).type === 'input');
  if (type === 'modal' && hasInput && submit === undefined)
    report('/submit', 'needed where there is an input');
  if (count(JSON.stringify(view)) > 250_000) report('', 'over 250 kB');
  return found;
}

/** mrkdwn without `verbatim: true`. Slack takes it, and then makes links and mentions of what looks like one. */
export function checkVerbatim(value: unknown, at = ''): Violation[] {
  if (Array.isArray(value)) return value.flatMap((one, n) => checkVerbatim(one, `${at}/${n}`));
  if (!isObject(value)) return [];
  const own =
    value.type === 'mrkdwn' && value.verbatim !== true
      ? [{ pointer: at, message: 'mrkdwn without verbatim' }]
      : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => checkVerbatim(one, `${at}/${key}`))];
}
