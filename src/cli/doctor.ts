import { parseArgs } from 'node:util';
import { diagnose } from './doctor/diagnose.ts';
import { exitCodeOf, inJson, inLines } from './doctor/report.ts';
import { print } from './print.ts';

const MISUSED = 2;
const USAGE = 'usage: npm run doctor [-- --json]';

/** `npm run doctor`: checks everything that Groupwatch needs, a line a check, and ends with 0, 1 or 2. */
async function main(args: string[]): Promise<number> {
  let json = false;
  try {
    json = parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return MISUSED;
  }
  const findings = await diagnose(process.env, {
    clock: { now: Date.now },
    nodeVersion: process.versions.node,
  });
  print(json ? inJson(findings) : inLines(findings));
  return exitCodeOf(findings);
}

process.exitCode = await main(process.argv.slice(2));
