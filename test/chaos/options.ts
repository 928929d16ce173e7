import { parseArgs } from 'node:util';
import { z } from 'zod';

const whole = (name: string, least: number, most: number) =>
  z.coerce
    .number({ error: `--${name} must be a number` })
    .int(`--${name} must be a whole number`)
    .min(least, `--${name} must be at least ${least}`)
    .max(most, `--${name} must be at most ${most}`);

const options = z
  .object({
    events: whole('events', 1, 100_000).default(200),
    kills: whole('kills', 0, 10_000).default(10),
    seed: z.string().default('1'),
    database: z
      .enum(['sqlite', 'postgres'], { error: '--database must be sqlite or postgres' })
      .default('sqlite'),
    replicas: whole('replicas', 1, 10).optional(),
    keep: z.boolean().default(false),
  })
  .transform((given) => ({ ...given, replicas: given.replicas ?? (given.database === 'sqlite' ? 1 : 2) }))
  .refine(
    ({ database, replicas }) => database === 'postgres' || replicas === 1,
    'SQLite is for one process: more replicas need --database postgres',
  );

/** What the command was asked for. */
export type Options = z.infer<typeof options>;

export const USAGE = `npm run chaos -- [--events 200] [--kills 10] [--seed 1] [--database sqlite|postgres] [--replicas 2] [--keep]

Runs the program between a Slack and an AWS that misbehave, kills it, sets its clocks wrong, and lets people click all
the while; then lets all be well, and compares what AWS holds, what the database holds and what Slack shows. Prints one
line of JSON, and every problem on stderr. The same seed plans the same. --keep leaves logs and database behind.`;

/** Throws a sentence that says what is wrong. */
export function optionsOf(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string' },
      kills: { type: 'string' },
      seed: { type: 'string' },
      replicas: { type: 'string' },
      database: { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const parsed = options.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data;
}
