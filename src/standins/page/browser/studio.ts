import { fill, h } from './dom.ts';
import { drawAttachment } from './draw/attachment.ts';
import { drawBlocks } from './draw/blocks.ts';
import type { Surroundings } from './draw/surroundings.ts';
import { drawMarkup, wordsOf } from './draw/text.ts';
import { type Json, object, objects, text } from './json.ts';
import { APP_NAME, APP_USER, avatar } from './people.ts';

/** A view of the product as it is to be photographed. */
interface Sitter {
  /** A message, a modal or a home. */
  is: 'message' | 'modal' | 'home';
  json: Json;
  people: Record<string, string>;
  groups: Record<string, string>;
  now: number;
  width: number;
  /** Ids of the pictures that can be shown. */
  files: string[];
}

declare global {
  interface Window {
    /** Draws one view alone on the page, for a picture or a test of what is drawn. */
    sit(sitter: Sitter): void;
  }
}

window.sit = ({ is, json, people, groups, now, width, files }) => {
  const s: Surroundings = {
    me: 'U0READER',
    reader: () => ({ now, timeZone: 'UTC' }),
    userName: (id) => people[id],
    channelName: () => undefined,
    groupHandle: (id) => groups[id],
    people: () => Object.entries(people).map(([id, name]) => ({ id, name })),
    file: (id) => (files.includes(id) ? { url: `/files/${id}`, name: id, title: id, size: 0 } : undefined),
    press: () => undefined,
    draft: new Map(),
    problems: {},
  };
  const frame = is === 'message' ? message(json, now, s) : is === 'modal' ? modal(json, s) : home(json, s);
  const sitter = h('div', { class: `sitter of-${is}`, id: 'sitter', style: `width:${width}px` }, frame);
  fill(document.body, sitter);
};

function message(json: Json, now: number, s: Surroundings): HTMLElement {
  const blocks = objects(json.blocks);
  const time = new Date(now).toISOString().slice(11, 16);
  return h(
    'div',
    { class: 'message' },
    avatar(APP_USER, APP_NAME),
    h(
      'div',
      { class: 'message-body' },
      h(
        'div',
        { class: 'message-head' },
        h('strong', {}, APP_NAME),
        h('span', { class: 'badge' }, 'APP'),
        h('time', {}, time),
      ),
      h(
        'div',
        { class: 'blocks' },
        ...(blocks.length > 0 ? drawBlocks(blocks, s) : drawMarkup(text(json.text), true, s)),
      ),
      ...objects(json.attachments).map((one, n) => drawAttachment(one, n, s)),
    ),
  );
}

function modal(json: Json, s: Surroundings): HTMLElement {
  const { title, submit, close, blocks } = object(json);
  return h(
    'div',
    { class: 'dialog' },
    h(
      'div',
      { class: 'dialog-head' },
      avatar(APP_USER, APP_NAME),
      h('h2', {}, wordsOf(title)),
      h('span', { class: 'close' }, '×'),
    ),
    h('div', { class: 'dialog-body' }, ...drawBlocks(objects(blocks), s)),
    h(
      'div',
      { class: 'dialog-foot' },
      h('span', { class: 'button' }, close === undefined ? 'Cancel' : wordsOf(close)),
      submit !== undefined && h('span', { class: 'button primary' }, wordsOf(submit)),
    ),
  );
}

const home = (json: Json, s: Surroundings): HTMLElement =>
  h('div', { class: 'home' }, h('div', { class: 'blocks' }, ...drawBlocks(objects(json.blocks), s)));

document.body.classList.add('ready');
