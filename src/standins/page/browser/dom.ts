type Listener = (event: Event) => void;
type Attributes = Record<string, string | number | boolean | undefined | Listener>;
export type Child = Node | string | false | undefined;

/**
 * An element. Attributes that are false or undefined are left out, functions listen to the event of their name
 * (`onclick`). Text is always text: nothing here reads HTML.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    // A style attribute is what the page's content policy forbids; the same by script isn't.
    if (name === 'style') made.style.cssText = String(value);
    else if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  fill(made, ...children);
  return made;
}

/** Puts these children in place of those that are there. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== false && child !== undefined));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing of 24 by 24, for the eye only. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** The element of this id, which the page has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Puts new content in the place of the old, and keeps the keyboard where it was: on the same action, the n-th of it,
 * or else on `fallback`.
 */
export function replaceKeepingFocus(old: HTMLElement, anew: HTMLElement): void {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const name = active instanceof HTMLElement ? active.dataset.action : undefined;
  const same = (within: HTMLElement): HTMLElement[] =>
    name === undefined
      ? []
      : [...within.querySelectorAll<HTMLElement>(`[data-action="${CSS.escape(name)}"]`)];
  const index = active instanceof HTMLElement ? same(old).indexOf(active) : -1;
  old.replaceWith(anew);
  if (active) (same(anew)[index] ?? anew).focus({ preventScroll: true });
}
