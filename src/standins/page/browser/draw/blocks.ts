import { h } from '../dom.ts';
import { type Json, object, objects, text } from '../json.ts';
import { drawElement } from './elements.ts';
import { drawPicture } from './picture.ts';
import { drawRichText } from './rich-text.ts';
import type { Surroundings } from './surroundings.ts';
import { drawTable } from './table.ts';
import { drawText, wordsOf } from './text.ts';
import { unknown } from './unknown.ts';

type Draw = (block: Json, blockId: string, s: Surroundings) => HTMLElement;

/** How each block is drawn. What isn't here is drawn as an error. */
const DRAWN: Record<string, Draw> = {
  divider: () => h('hr'),
  header: (block) => h('h3', { class: 'header' }, wordsOf(block.text)),
  section: drawSection,
  context: (block, blockId, s) =>
    h(
      'div',
      { class: 'context' },
      ...objects(block.elements).map((one) =>
        one.type === 'image' ? drawElement(one, { blockId }, s) : h('div', {}, ...drawText(one, s)),
      ),
    ),
  actions: (block, blockId, s) =>
    h('div', { class: 'actions' }, ...objects(block.elements).map((one) => drawElement(one, { blockId }, s))),
  image: (block, _, s) =>
    h(
      'figure',
      {},
      block.title !== undefined && h('figcaption', {}, wordsOf(block.title)),
      drawPicture(block, s),
    ),
  rich_text: (block, _, s) => h('div', { class: 'rich-text' }, ...drawRichText(block.elements, s)),
  table: (block, _, s) => drawTable(block, s),
  input: drawInput,
  alert: (block, _, s) => {
    const level = text(block.level) || 'default';
    return h(
      'div',
      { class: `alert ${level}`, role: 'note', 'aria-label': level },
      ...drawText(block.text, s),
    );
  },
};

/** Blocks in their order. */
export function drawBlocks(blocks: readonly Json[], s: Surroundings, prefix = ''): HTMLElement[] {
  return blocks.map((block, index) => {
    const draw = DRAWN[text(block.type)];
    const blockId = text(block.block_id) || `${prefix}b${index}`;
    return draw ? draw(block, blockId, s) : unknown(`a block of type ${text(block.type)}`);
  });
}

/** Slack folds a long text where the block doesn't say `expand`. */
const FOLD = 700;

function drawSection(block: Json, blockId: string, s: Surroundings): HTMLElement {
  const fields = objects(block.fields).map((field) => h('div', { class: 'field' }, ...drawText(field, s)));
  const said = block.text === undefined ? [] : drawText(block.text, s);
  const words = h('div', { class: 'text' }, ...said);
  const parts = [said.length > 0 && words, fields.length > 0 && h('div', { class: 'fields' }, ...fields)];
  if (block.expand !== true && text(object(block.text).text).length > FOLD) fold(words);
  const accessory = object(block.accessory);
  if (accessory.type === undefined) return h('div', { class: 'section' }, ...parts);
  return h(
    'div',
    { class: 'section with-accessory' },
    h('div', {}, ...parts),
    h('div', { class: 'accessory' }, drawElement(accessory, { blockId }, s)),
  );
}

function fold(words: HTMLElement): void {
  words.classList.add('folded');
  const more = h(
    'button',
    {
      type: 'button',
      class: 'more',
      onclick: () => {
        words.classList.remove('folded');
        more.remove();
      },
    },
    'See more',
  );
  words.after(more);
  words.append(more);
}

let inputs = 0;

function drawInput(block: Json, blockId: string, s: Surroundings): HTMLElement {
  const element = object(block.element);
  const id = `input-${++inputs}`;
  const problem = s.problems[blockId];
  const hint = block.hint === undefined ? undefined : wordsOf(block.hint);
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const aria = {
    'aria-labelledby': `${id}-label`,
    'aria-describedby': described || undefined,
    'aria-invalid': problem ? 'true' : undefined,
    'aria-required': block.optional === true ? undefined : 'true',
  };
  const inForm = block.dispatch_action !== true;
  return h(
    'div',
    { class: problem ? 'input invalid' : 'input' },
    h(
      'label',
      { id: `${id}-label`, for: id },
      wordsOf(block.label),
      block.optional === true && h('small', {}, ' (optional)'),
    ),
    drawElement(element, { blockId, inForm, id, aria }, s),
    problem !== undefined && h('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, problem),
    hint !== undefined && h('p', { class: 'hint', id: `${id}-hint` }, hint),
  );
}
