import { replayer } from '../../src/cli/replay-run.ts';
import { addUserToGroup } from '../support/records.ts';
import type { Figure } from './figure.ts';

const RECORDS = 200_000;
const CHUNK = 1 << 20;

/** One in a hundred is an addition, as busy accounts go rather many; the rest are other calls. */
function lines(): Buffer {
  const other = JSON.stringify(addUserToGroup({ eventSource: 's3.amazonaws.com', eventName: 'GetObject' }));
  const texts = Array.from({ length: RECORDS }, (_, n) =>
    n % 100 === 0 ? JSON.stringify(addUserToGroup({ eventID: `e-${n}` })) : other,
  );
  return Buffer.from(`${texts.join('\n')}\n`);
}

/** Replay of mixed records beside plain JSON.parse over the same lines, and how much memory grew. */
export async function replaySpeed(): Promise<Figure[]> {
  const bytes = lines();
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
  };
  const replayOnce = async (): Promise<number> => {
    const began = performance.now();
    await replayer({ alert: () => undefined, unreadable: () => undefined }).run(chunks());
    return performance.now() - began;
  };
  const parseOnce = (): number => {
    const began = performance.now();
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      JSON.parse(bytes.toString('utf8', from, end));
      from = end + 1;
    }
    return performance.now() - began;
  };
  const times: { replay: number[]; parse: number[] } = { replay: [], parse: [] };
  let memory = 0;
  for (let round = 0; round < 3; round++) {
    times.parse.push(parseOnce());
    const before = process.memoryUsage().rss;
    times.replay.push(await replayOnce());
    memory = Math.max(memory, process.memoryUsage().rss - before);
  }
  const perSecond = (ms: number[]): number => (RECORDS / Math.min(...ms)) * 1000;
  return [
    {
      name: 'replay',
      value: perSecond(times.replay),
      unit: 'records/s',
      comparison: 'JSON.parse over the same lines, records/s',
      against: perSecond(times.parse),
    },
    {
      name: 'replay: growth of memory',
      value: memory / 1e6,
      unit: 'MB',
      comparison: 'size of the input, MB',
      against: bytes.length / 1e6,
    },
  ];
}
