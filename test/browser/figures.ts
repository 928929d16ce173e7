/** All that `npm run bench:browser` prints. */
export const PAGE_FIGURES = [
  'page: first paint, 5 cards',
  'page: first paint, 500 cards',
  'page: ready, 500 cards',
  'page: card posted to card shown, p95',
  'page: frame while 500 cards are scrolled, p99',
  'page: largest script',
] as const;
