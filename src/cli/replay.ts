import { linePrinter } from './print.ts';
import { openBytes } from './replay-bytes.ts';
import { replayer } from './replay-run.ts';

const UNOPENED = 2;
const UNREADABLE = 3;

/** `npm run replay -- FILE…`: CloudTrail files through the parser and the rule. */
async function main(files: string[]): Promise<number> {
  if (files.length === 0) {
    console.error('usage: npm run replay -- FILE…   (- for standard input; files may be gzipped)');
    return UNOPENED;
  }
  let current = '';
  let unopened = 0;
  const out = linePrinter();
  const { counts, run } = replayer({
    alert: out.line,
    unreadable: (at, why) => console.error(`unreadable: ${current} byte ${at}: ${why}`),
  });
  for (const file of files) {
    current = file;
    const bytes = await openBytes(file).catch((error) => {
      unopened++;
      console.error(
        `${file} can't be opened (${String(error.code ?? error)}): check the name and its permissions`,
      );
    });
    if (!bytes) continue;
    await run(bytes).catch((error) => {
      counts.unreadable++;
      console.error(`unreadable: ${file}: ${String(error.code ?? error.message ?? error)}`);
    });
  }
  out.flush();
  const { records, matched, refused, unreadable } = counts;
  console.error(`records ${records}, matched ${matched}, refused ${refused}, unreadable ${unreadable}`);
  if (unopened > 0) return UNOPENED;
  return unreadable > 0 ? UNREADABLE : 0;
}

process.exitCode = await main(process.argv.slice(2));
