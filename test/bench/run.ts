import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineOf } from './figure.ts';
import { MEASURES, type Measure, type Room } from './measures.ts';

const USAGE = `npm run bench -- [--quick] [NAME…]

Measures speed and memory and prints one line of JSON a figure: its name, value and unit, and what it was compared
with in the same run; ends with 1 when something couldn't be measured. Machines are noisy: read the ratios. Everything takes about ten minutes; NAME… runs only these:
${Object.keys(MEASURES).join(', ')}.
--quick leaves out the million stored alerts, and waits for fewer events.`;

/** What the command line asks for; nothing when it can't be understood. */
function asked(): { names: string[]; quick: boolean; help: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    const known = positionals.every((name) => name in MEASURES);
    return known ? { ...values, names: positionals } : undefined;
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const wanted = asked();
  if (!wanted || wanted.help) {
    if (wanted) console.log(USAGE);
    else console.error(USAGE);
    return wanted ? 0 : 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-bench-'));
  let code = 0;
  try {
    for (const [name, measure] of Object.entries(MEASURES)) {
      if (wanted.names.length > 0 && !wanted.names.includes(name)) continue;
      try {
        await print(measure, { folder, quick: wanted.quick });
      } catch (error) {
        // The others are worth minutes of waiting.
        console.error(`${name}: ${error instanceof Error ? error.stack : error}`);
        code = 1;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return code;
}

async function print({ run, figures }: Measure, room: Room): Promise<void> {
  for (const figure of await run(room)) {
    if (!figures.includes(figure.name)) throw new Error(`measures.ts doesn't name "${figure.name}"`);
    console.log(lineOf(figure));
  }
}

process.exitCode = await main();
