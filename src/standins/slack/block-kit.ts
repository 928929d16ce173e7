import { checkElement } from './block-kit-elements.ts';
import { checkText, count, type Report } from './block-kit-text.ts';
import { isObject, list, object, text } from './json.ts';

export interface Violation {
  pointer: string;
  message: string;
}

type Surface = 'message' | 'modal' | 'home';

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
const KNOWN = ['section', 'header', 'context', 'actions', 'divider', 'image', 'input', 'rich_text'];
/** Not published as such; messages of more were refused. */
const MOST_CHARACTERS = 13_000;

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
    if (count(id) > 255) report(at, 'block_id over 255 characters');
    ids.add(id);
    checkBlock(block, at, report);
  }
  const characters = JSON.stringify(blocks.map((block) => textsOf(block))).length;
  if (surface === 'message' && characters > MOST_CHARACTERS)
    report('', `over ${MOST_CHARACTERS} characters in all`);
  return found;
}

function textsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textsOf);
  if (!isObject(value)) return '';
  return Object.entries(value).map(([key, item]) =>
    key === 'text' && typeof item === 'string' ? item : textsOf(item),
  );
}

function checkBlock(block: Record<string, unknown>, at: string, report: Report): void {
  const type = text(block.type);
  if (!KNOWN.includes(type)) {
    report(at, `unknown block type ${type}`);
    return;
  }
  const actionIds = new Set<string>();
  const element = (value: unknown, where: string): void => {
    const id = text(object(value).action_id);
    if (id && actionIds.has(id)) report(where, `action_id ${id} twice in a block`);
    actionIds.add(id);
    checkElement(value, where, report);
  };
  if (type === 'header') checkText(block.text, `${at}/text`, 150, report, 'plain_text');
  if (type === 'section') {
    const fields = list(block.fields);
    if (block.text === undefined && fields.length === 0) report(at, 'a section needs text or fields');
    if (block.text !== undefined) checkText(block.text, `${at}/text`, 3000, report);
    if (fields.length > 10) report(`${at}/fields`, 'more than 10 fields');
    for (const [n, field] of fields.entries()) checkText(field, `${at}/fields/${n}`, 2000, report);
    if (block.accessory !== undefined) element(block.accessory, `${at}/accessory`);
  }
  if (type === 'context') {
    const elements = list(block.elements);
    if (elements.length < 1 || elements.length > 10)
      report(`${at}/elements`, 'a context takes 1 to 10 elements');
    for (const [n, one] of elements.entries()) checkText(one, `${at}/elements/${n}`, 3000, report);
  }
  if (type === 'actions') {
    const elements = list(block.elements);
    if (elements.length < 1 || elements.length > 25)
      report(`${at}/elements`, 'actions take 1 to 25 elements');
    for (const [n, one] of elements.entries()) element(one, `${at}/elements/${n}`);
  }
  if (type === 'input') {
    checkText(block.label, `${at}/label`, 2000, report, 'plain_text');
    if (block.hint !== undefined) checkText(block.hint, `${at}/hint`, 2000, report, 'plain_text');
    element(block.element, `${at}/element`);
  }
}

/** Everything that Slack would refuse in this view. */
export function checkView(view: unknown): Violation[] {
  const { type, title, submit, close, blocks, private_metadata, callback_id } = object(view);
  const surface = type === 'home' ? 'home' : 'modal';
  const found = checkBlocks(blocks, surface);
  const report: Report = (pointer, message) => found.push({ pointer, message });
  if (type !== 'modal' && type !== 'home') report('/type', 'a view is a modal or a home');
  if (type === 'modal') checkText(title, '/title', 24, report, 'plain_text');
  if (submit !== undefined) checkText(submit, '/submit', 24, report, 'plain_text');
  if (close !== undefined) checkText(close, '/close', 24, report, 'plain_text');
  if (count(text(private_metadata)) > 3000) report('/private_metadata', 'over 3,000 characters');
  if (count(text(callback_id)) > 255) report('/callback_id', 'over 255 characters');
  const hasInput = list(blocks).some((block) => object(block).type === 'input');
  if (hasInput && submit === undefined) report('/submit', 'needed where there is an input');
  if (JSON.stringify(view).length > 250_000) report('', 'over 250 kB');
  return found;
}
