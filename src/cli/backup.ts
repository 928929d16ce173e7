import { databaseUrlOf } from '../config.ts';
import { backUp } from '../storage/backup.ts';
import { StorageRefused } from '../storage/refused.ts';
import { print } from './print.ts';

const FAILED = 1;
const REFUSED = 2;

/** `npm run backup -- FILE`: a copy of DATABASE_URL, which Groupwatch may have open. */
async function main([file, ...more]: string[]): Promise<number> {
  if (!file || more.length > 0) {
    console.error('usage: npm run backup -- FILE');
    return REFUSED;
  }
  try {
    const url = databaseUrlOf(process.env);
    await backUp(url, file);
    print(`backed up ${url} to ${file}; to restore, stop Groupwatch and set DATABASE_URL=file:${file}\n`);
    return 0;
  } catch (error) {
    console.error(`No backup was made: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof StorageRefused ? REFUSED : FAILED;
  }
}

process.exitCode = await main(process.argv.slice(2));
