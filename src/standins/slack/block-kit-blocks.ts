import { checkElement, checkImage, type Place } from './block-kit-elements.ts';
import { checkRichText } from './block-kit-rich-text.ts';
import { checkTable } from './block-kit-table.ts';
import { checkList, checkOptionalText, checkText, checkWord, type Report } from './block-kit-text.ts';
import { object, text } from './json.ts';
import type { Json } from './types.ts';

export type Surface = 'message' | 'modal' | 'home';

interface Block {
  /** Where it may stand; everywhere if not said. */
  on?: Surface[];
  check(block: Json, at: string, report: Report): void;
}

/** Every block covered. `markdown` is not: outside text would become links there. */
const BLOCKS: Record<string, Block> = {
  divider: { check: () => undefined },
  header: {
    check(block, at, report) {
      checkText(block.text, `${at}/text`, 150, report, 'plain_text');
      checkWord(block.level, `${at}/level`, [1, 2, 3, 4], report);
    },
  },
  section: { check: checkSection },
  context: {
    check(block, at, report) {
      for (const [n, one] of checkList(block.elements, `${at}/elements`, [1, 10], report).entries()) {
        const where = `${at}/elements/${n}`;
        if (object(one).type === 'image') checkElement(one, where, 'context', report);
        else checkText(one, where, 3000, report);
      }
    },
  },
  actions: {
    check(block, at, report) {
      const elements = checkList(block.elements, `${at}/elements`, [1, 25], report);
      checkElements(elements, at, 'actions', report);
    },
  },
  image: {
    check(block, at, report) {
      checkImage(block, at, report);
      checkOptionalText(block.title, `${at}/title`, 2000, report, 'plain_text');
    },
  },
  input: {
    check(block, at, report) {
      checkText(block.label, `${at}/label`, 2000, report, 'plain_text');
      checkOptionalText(block.hint, `${at}/hint`, 2000, report, 'plain_text');
      checkElement(block.element, `${at}/element`, 'input', report);
    },
  },
  rich_text: { check: (block, at, report) => checkRichText(block.elements, `${at}/elements`, report) },
  table: { on: ['message', 'home'], check: checkTable },
  alert: {
    on: ['modal'],
    check(block, at, report) {
      checkText(block.text, `${at}/text`, 200, report);
      checkWord(block.level, `${at}/level`, ['default', 'info', 'warning', 'error', 'success'], report);
    },
  },
};

/** One block, by its published limits, on the surface that it is for. */
export function checkBlock(block: Json, at: string, surface: Surface, report: Report): void {
  const type = text(block.type);
  const known = BLOCKS[type];
  if (!known) {
    report(at, `unknown block type ${type}`);
    return;
  }
  if (known.on && !known.on.includes(surface)) report(at, `${type} can't stand in a ${surface}`);
  known.check(block, at, report);
}

function checkSection(block: Json, at: string, report: Report): void {
  const fields = checkList(block.fields, `${at}/fields`, [0, 10], report);
  if (block.text === undefined && fields.length === 0) report(at, 'a section needs text or fields');
  checkOptionalText(block.text, `${at}/text`, 3000, report);
  for (const [n, field] of fields.entries()) checkText(field, `${at}/fields/${n}`, 2000, report);
  if (block.accessory !== undefined) checkElement(block.accessory, `${at}/accessory`, 'accessory', report);
  if (block.expand !== undefined && typeof block.expand !== 'boolean')
    report(`${at}/expand`, 'must be true or false');
}

/** Elements that stand side by side: each action_id once. */
function checkElements(elements: unknown[], at: string, place: Place, report: Report): void {
  const ids = new Set<string>();
  for (const [n, one] of elements.entries()) {
    const where = `${at}/elements/${n}`;
    const id = text(object(one).action_id);
    if (id && ids.has(id)) report(where, `action_id ${id} twice in a block`);
    ids.add(id);
    checkElement(one, where, place, report);
  }
}
