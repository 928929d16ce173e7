import { h } from '../dom.ts';
import { type Json, objects, text } from '../json.ts';
import { drawBlocks } from './blocks.ts';
import type { Surroundings } from './surroundings.ts';
import { drawMarkup } from './text.ts';

const NAMED: Record<string, string> = { good: '#2eb67d', warning: '#e0a100', danger: '#d33e4a' };

/** A bar of colour, and blocks beside it; `n` counts from 0. */
export function drawAttachment(attachment: Json, n: number, s: Surroundings): HTMLElement {
  const given = text(attachment.color);
  const color = NAMED[given] ?? (/^#?[\da-f]{6}$/i.test(given) ? `#${given.replace('#', '')}` : '');
  const blocks = objects(attachment.blocks);
  const words = text(attachment.text) || text(attachment.fallback);
  const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
  if (color) bar.style.background = color;
  return h(
    'div',
    { class: 'attachment' },
    bar,
    h(
      'div',
      { class: 'blocks' },
      ...(blocks.length > 0 ? drawBlocks(blocks, s, `a${n}`) : drawMarkup(words, false, s)),
    ),
  );
}
