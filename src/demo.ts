import { setTimeout as sleep } from 'node:timers/promises';
import { openSandbox } from './demo/sandbox.ts';
import { SANDBOX_SCENES } from './demo/sandbox-scenes.ts';
import { playScript } from './demo/script.ts';
import { type Stage, setStage } from './demo/stage.ts';
import { wrongIn } from './demo/tally.ts';

/** The whole product on a local Slack and AWS: with a page for a person, or by itself with `--script`. */
async function main(): Promise<void> {
  const scripted = process.argv.includes('--script');
  const stage = await setStage({ hurry: scripted });
  if (scripted) {
    process.exitCode = (await plays(stage)) ? 0 : 1;
    await stage.close();
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

/** Whether the story went as it must; else what went wrong is told in a sentence each. */
async function plays(stage: Stage): Promise<boolean> {
  try {
    const tally = await playScript(stage, console.log);
    const wrong = wrongIn(tally);
    for (const one of wrong) console.error(`The story went wrong: ${one}`);
    console.log(JSON.stringify(tally));
    return wrong.length === 0;
  } catch (error) {
    console.error(`The story went wrong: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

await main();
