import { parseArgs } from 'node:util';
import { holdAlone } from '../storage/alone.ts';
import { copyDatabase, withoutPassword } from '../storage/copy/copy.ts';
import { StorageRefused } from '../storage/refused.ts';
import { print } from './print.ts';

const FAILED = 1;
const REFUSED = 2;

const USAGE = `usage: npm run migrate -- --from file:PATH --to postgres://USER:PASSWORD@HOST/DATABASE
Stop Groupwatch first. The new database must be there and have nothing in it; the old one stays as it is.`;

/** `npm run migrate`: moves everything to another database. */
async function main(words: string[]): Promise<number> {
  const wish = wishOf(words);
  if (!wish) {
    console.error(USAGE);
    return REFUSED;
  }
  try {
    const letGo = [holdAlone(wish.from), holdAlone(wish.to)];
    const { rows, audited } = await copyDatabase({
      ...wish,
      done: (table, count) => print(`${table}: ${count} copied and compared\n`),
    });
    for (const free of letGo) free();
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    print(`moved: ${all} rows, every one compared; the audit log is whole, ${audited} entries.\n`);
    print(`Now start Groupwatch with DATABASE_URL=${withoutPassword(wish.to)}\n`);
    return 0;
  } catch (error) {
    console.error(`Nothing was moved: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof StorageRefused ? REFUSED : FAILED;
  }
}

function wishOf(words: string[]): { from: string; to: string } | undefined {
  try {
    const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
    const { from, to } = parseArgs({ args: words, options }).values;
    return from && to && from !== to ? { from, to } : undefined;
  } catch {
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
