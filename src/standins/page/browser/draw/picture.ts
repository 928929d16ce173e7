import { h } from '../dom.ts';
import { type Json, object, text } from '../json.ts';
import type { ShownFile, Surroundings } from './surroundings.ts';

/** A picture of Slack's own is shown. One from elsewhere isn't fetched: this page talks to nobody but its server. */
export function drawPicture(image: Json, s: Surroundings): HTMLElement {
  const alt = text(image.alt_text);
  const id = text(object(image.slack_file).id);
  const file = id ? s.file(id) : undefined;
  if (file) return h('img', { src: file.url, alt, loading: 'lazy' });
  const url = text(image.image_url);
  if (url.startsWith('data:image/')) return h('img', { src: url, alt });
  const from = url ? new URL(url).host : `file ${id}`;
  return h('span', { class: 'no-picture', role: 'img', 'aria-label': alt }, `${alt} (${from})`);
}

const KB = 1024;
const sizeOf = (bytes: number): string =>
  bytes < KB
    ? `${bytes} bytes`
    : bytes < KB * KB
      ? `${Math.round(bytes / KB)} kB`
      : `${(bytes / KB / KB).toFixed(1)} MB`;

/** An upload in a message: pictures are shown, all else can be fetched. */
export function drawFile(file: ShownFile): HTMLElement {
  const isPicture = /\.(png|jpe?g|gif|webp)$/i.test(file.name);
  const name = h('a', { href: file.url, download: file.name }, file.title || file.name);
  const about = h('span', { class: 'about' }, `${file.name} · ${sizeOf(file.size)}`);
  if (!isPicture)
    return h(
      'div',
      { class: 'file' },
      h('span', { class: 'file-sign', 'aria-hidden': 'true' }, '📄'),
      h('span', {}, name, about),
    );
  const picture = h('img', { src: file.url, alt: file.altText ?? file.title, loading: 'lazy' });
  return h('figure', { class: 'file-picture' }, h('figcaption', {}, name, about), picture);
}
