import { type Sink, Splitter } from './replay-split.ts';

const NEWLINE = 0x0a;
/** A first line that is longer isn't one of many. */
const LONGEST_LINE = 1 << 20;

/** Hands over every record of the bytes: line by line where each line is a record, else by structure. */
export async function splitRecords(bytes: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let splitter: Splitter | undefined;
  let byLine = false;
  let sawStart = false;
  for await (let chunk of bytes) {
    if (!sawStart && chunk.length > 0) {
      sawStart = true;
      if (chunk.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
        chunk = chunk.subarray(3);
        offset = 3;
      }
    }
    if (splitter) {
      splitter.push(chunk);
      continue;
    }
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!byLine) {
      byLine = firstLineIsRecord(all);
      if (!byLine && (hasFullLine(all) || all.length > LONGEST_LINE)) {
        splitter = new Splitter(sink, offset);
        splitter.push(all);
        rest = Buffer.alloc(0);
        continue;
      }
    }
    if (!byLine) {
      rest = all;
      continue;
    }
    const used = lines(all, offset, sink);
    rest = all.subarray(used);
    offset += used;
  }
  if (splitter) return splitter.end();
  if (byLine) return line(rest, offset, sink);
  const last = new Splitter(sink, offset);
  last.push(rest);
  last.end();
  if (rest.length > 0 && !/[{[]/.test(rest.toString('latin1')) && rest.toString().trim()) {
    sink.broken('it is not JSON', offset);
  }
}

/** How many bytes were whole lines. */
function lines(bytes: Buffer, offset: number, sink: Sink): number {
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
    line(bytes.subarray(from, end), offset + from, sink);
    from = end + 1;
  }
  return from;
}

function line(bytes: Buffer, at: number, sink: Sink): void {
  const text = bytes.toString('utf8');
  if (text.trim() !== '') sink.text(text, at);
}

const firstBreak = (bytes: Buffer): number => {
  let from = 0;
  while (from < bytes.length && (bytes[from] === NEWLINE || bytes[from] === 0x0d || bytes[from] === 0x20))
    from++;
  return bytes.indexOf(NEWLINE, from);
};

const hasFullLine = (bytes: Buffer): boolean => firstBreak(bytes) >= 0;

function firstLineIsRecord(bytes: Buffer): boolean {
  const end = firstBreak(bytes);
  if (end < 0) return false;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    return (
      typeof value === 'object' &&
      value !== null &&
      !('Records' in value) &&
      !('Events' in value) &&
      !Array.isArray(value)
    );
  } catch {
    return false;
  }
}
