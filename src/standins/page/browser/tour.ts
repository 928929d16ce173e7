import type { TourStep } from '../wire.ts';
import { byId, fill, h } from './dom.ts';
import type { Store } from './store.ts';

/** Leads through the story step by step, beside what each speaks of; it can be left at any time. */
export function tour(store: Store, become: (person: string) => void): { start(): void } {
  const ring = h('div', { class: 'ring', hidden: true, 'aria-hidden': 'true' });
  const card = h('div', { class: 'tour', role: 'dialog', 'aria-label': 'Guided tour', hidden: true });
  byId('tour').append(ring, card);
  let at = -1;
  /** How often the words that the step waits for were there when it began. */
  let before = 0;

  const steps = (): readonly TourStep[] => store.seen.staging.tour;
  /** How often these words stand in what can be seen. */
  function count(words: string): number {
    const { messages, views } = store.seen;
    return JSON.stringify([messages, views.stack]).split(JSON.stringify(words).slice(1, -1)).length - 1;
  }

  function go(to: number): void {
    at = to;
    const step = steps()[at];
    before = step?.done ? count(step.done.words) : 0;
    card.hidden = !step;
    ring.hidden = true;
    byId('start-tour').hidden = step !== undefined;
    if (!step) {
      at = -1;
      byId('start-tour').focus();
      return;
    }
    draw(step);
    card.querySelector<HTMLElement>('.primary')?.focus({ preventScroll: true });
  }

  function draw(step: TourStep): void {
    const last = at === steps().length - 1;
    const other =
      step.as && step.as !== store.seen.me
        ? store.seen.staging.cast.find(({ id }) => id === step.as)
        : undefined;
    fill(
      card,
      h('p', { class: 'tour-count' }, `${at + 1} of ${steps().length}`),
      h('h2', {}, step.title),
      h('p', {}, step.text),
      other &&
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => become(other.id) },
          `Become ${other.name}`,
        ),
      h(
        'div',
        { class: 'tour-foot' },
        h('button', { type: 'button', class: 'quiet', onclick: () => go(-1) }, 'Leave the tour'),
        at > 0 && h('button', { type: 'button', class: 'button', onclick: () => go(at - 1) }, 'Back'),
        h(
          'button',
          { type: 'button', class: 'button primary', onclick: () => go(last ? -1 : at + 1) },
          last ? 'Done' : 'Next',
        ),
      ),
    );
  }

  /** Whether what the step waits for has come since it began. */
  const isDone = ({ done }: TourStep): boolean => done !== undefined && count(done.words) > before;

  function follow(): void {
    const step = steps()[at];
    if (!step) return;
    if (isDone(step) && at < steps().length - 1) go(at + 1);
    point(steps()[at]);
  }

  function point(step: TourStep | undefined): void {
    const target = step?.target
      ?.map((selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].findLast((one) => one.checkVisibility()),
      )
      .find((one) => one !== undefined);
    const box = target?.getBoundingClientRect();
    const seen = box && box.bottom > 0 && box.top < innerHeight && box.width > 0;
    ring.hidden = !seen;
    if (!box || !seen) {
      card.style.inset = 'auto auto 24px 24px';
      return;
    }
    ring.style.cssText = `left:${box.left - 6}px;top:${box.top - 6}px;width:${box.width + 12}px;height:${box.height + 12}px`;
    const { width, height } = card.getBoundingClientRect();
    const below = box.bottom + 16 + height < innerHeight;
    const left = Math.max(16, Math.min(box.left, innerWidth - width - 16));
    const top = below ? box.bottom + 16 : Math.max(16, box.top - height - 16);
    card.style.inset = `${top}px auto auto ${left}px`;
  }

  card.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') go(-1);
  });
  for (const kind of ['message', 'views'] as const) store.on(kind, follow);
  store.on('snapshot', () => {
    const step = steps()[at];
    if (step) draw(step);
  });
  setInterval(() => point(steps()[at]), 250);
  return { start: () => go(0) };
}
