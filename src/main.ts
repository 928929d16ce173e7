import { configure } from './config.ts';

const MISCONFIGURED = 2;

async function main(): Promise<void> {
  const configuration = configure(process.env);
  if (!configuration.ok) {
    const list = configuration.problems.map((problem) => `  - ${problem}`).join('\n');
    console.error(
      `Groupwatch can't start, these settings need mending:\n${list}\n\n` +
        '.env.example explains every setting. To see it work without Slack or AWS: npm run demo',
    );
    process.exitCode = MISCONFIGURED;
    return;
  }
  // Only now, since loading it all takes longer than telling what is wrong with the settings.
  const { run } = await import('./run.ts');
  const problem = await run(configuration.settings);
  if (problem === undefined) return;
  console.error(`Groupwatch can't start: ${problem}`);
  process.exit(MISCONFIGURED);
}

await main();
