import { z } from 'zod';

/** Puts the process's wall clock wrong, or back again; timers aren't touched, as when a real clock is set. */
const message = z.object({ shiftMs: z.number() });

const Real = Date;
let shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const now = (): number => Real.now() + shiftMs;

globalThis.Date = new Proxy(Real, {
  construct: (target, given, anew) => Reflect.construct(target, given.length > 0 ? given : [now()], anew),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

process.on('message', (told) => {
  const set = message.safeParse(told);
  if (set.success) shiftMs = set.data.shiftMs;
});
// The stage is gone: nobody else would end this process.
process.on('disconnect', () => process.exit(1));
