import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Stage, setStage } from '../chaos/stage.ts';
import { liveThrough } from './hour.ts';
import { lookUpTimes } from './look-ups.ts';

const USAGE = `npm run soak -- [--days 2] [--additions 1000] [--keep]

Lets days pass within minutes: an hour is over as soon as all that happened in it is drawn. Prints one line of JSON at
the start, at noon of every day and at its end: memory and open handles after a collection, the size of the database,
and how long look-ups take. The last line holds the end against the middle; exits 1 when anything but the stored data
has grown.`;

/** A point of the run, as it is printed. */
interface Point {
  day: number;
  alerts: number;
  heapMb: number;
  residentMb: number;
  handles: number;
  databaseMb: number;
  lookUpMs: Record<string, number>;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '2' },
      additions: { type: 'string', default: '1000' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const days = Number(values.days);
  const hourly = Math.round(Number(values.additions) / 24);
  if (!(days >= 1 && hourly >= 1)) throw new Error(USAGE);
  await using stage = await setStage({
    events: 0,
    kills: 0,
    seed: 'soak',
    database: 'sqlite',
    replicas: 1,
    keep: values.keep,
  });
  const [program] = stage.replicas;
  if (!program) throw new Error('there is no program');
  program.start();
  await program.up();

  const points: Point[] = [];
  const note = async (day: number): Promise<void> => {
    points.push(await pointOf(stage, day));
    console.log(JSON.stringify(points.at(-1)));
  };
  // What is loaded and compiled only once must be there before the first measure.
  await liveThrough(stage, { hour: 0, additions: hourly });
  await note(0);
  for (let hour = 1; hour <= days * 24; hour++) {
    await liveThrough(stage, { hour, additions: hourly });
    if (hour % 12 === 0) await note(hour / 24);
  }
  const well = await program.stop();
  return report(points) && well ? 0 : 1;
}

async function pointOf(stage: Stage, day: number): Promise<Point> {
  const [program] = stage.replicas;
  if (!program) throw new Error('there is no program');
  const lookUpMs = await lookUpTimes(stage);
  const { heapMb, residentMb, handles } = await program.measure();
  const { count } = await stage
    .peek()
    .selectFrom('alert')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    day,
    alerts: Number(count),
    heapMb: round(heapMb),
    residentMb: round(residentMb),
    handles: Object.values(handles).reduce((sum, one) => sum + one, 0),
    databaseMb: round(statSync(stage.databaseUrl.slice('file:'.length)).size / 1e6),
    lookUpMs,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** So much may differ from one measure to the next without anything being wrong. */
const SLACK = { heapMb: 8, handles: 6, lookUpMs: 30 };

/** Whether the end is as the middle was, but for what is stored. */
function report(points: readonly Point[]): boolean {
  const middle = points[Math.floor(points.length / 2)];
  const end = points.at(-1);
  if (!middle || !end) return false;
  const grown = {
    heapMb: round(end.heapMb - middle.heapMb),
    handles: end.handles - middle.handles,
    lookUpMs: Math.max(
      ...Object.entries(end.lookUpMs).map(([what, ms]) => ms - 2 * (middle.lookUpMs[what] ?? 0)),
    ),
  };
  const flat =
    grown.heapMb <= SLACK.heapMb && grown.handles <= SLACK.handles && grown.lookUpMs <= SLACK.lookUpMs;
  const bytes = Math.round(
    ((end.databaseMb - middle.databaseMb) * 1e6) / Math.max(1, end.alerts - middle.alerts),
  );
  console.log(JSON.stringify({ flat, grown, databaseBytesAnAlert: bytes }));
  return flat;
}

process.exit(await main());
