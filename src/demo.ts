import { setTimeout as sleep } from 'node:timers/promises';
import { openSandbox } from './demo/sandbox.ts';
import { SANDBOX_SCENES } from './demo/sandbox-scenes.ts';
import { isRight, playScript } from './demo/script.ts';
import { setStage } from './demo/stage.ts';

/** The whole product on a local Slack and AWS: with a page for a person, or by itself with `--script`. */
async function main(): Promise<void> {
  const scripted = process.argv.includes('--script');
  const stage = await setStage({ hurry: scripted });
  if (scripted) {
    try {
      const tally = await playScript(stage, console.log);
      console.log(JSON.stringify(tally));
      process.exitCode = isRight(tally) ? 0 : 1;
    } finally {
      await stage.close();
    }
    return;
  }
  const page = await openSandbox(stage, Number(process.env.DEMO_PORT ?? 4173));
  console.log(`Groupwatch runs between a local Slack and a local AWS.\n\n  Look here:  ${page.url}\n`);
  console.log('An intruder comes in two seconds. Ctrl-C ends it all.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      page
        .close()
        .then(stage.close)
        .then(() => process.exit(0));
    });
  }
  await sleep(2_000);
  SANDBOX_SCENES.intruder?.play(stage.aws);
}

await main();
