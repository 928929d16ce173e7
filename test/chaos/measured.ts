import { z } from 'zod';

/** What a process holds, once everything is collected that nobody needs. */
export const measure = z.object({
  heapMb: z.number(),
  residentMb: z.number(),
  /** Sockets, timers, files and whatever else keeps a process busy, by kind. */
  handles: z.record(z.string(), z.number()),
});
export type Measure = z.infer<typeof measure>;

/** Answers the parent process whenever it asks; needs `--expose-gc`. */
process.on('message', (told) => {
  if (!z.object({ measure: z.literal(true) }).safeParse(told).success) return;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  process.send?.({ heapMb: heapUsed / 1e6, residentMb: rss / 1e6, handles } satisfies Measure);
});
