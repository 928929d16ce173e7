import { type Layout, layoutOf } from './replay-layout.ts';
import { LONGEST, type Sink, Splitter, TOO_LONG } from './replay-split.ts';

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Hands over every record of the bytes: line by line where each line is a record, else by structure. */
export async function splitRecords(bytes: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  let layout: Layout | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let splitter: Splitter | undefined;
  let skips = false;

  function takeLines(): void {
    const end = skips ? rest.indexOf(NEWLINE) : 0;
    const from = end < 0 ? rest.length : skips ? end + 1 : 0;
    if (end >= 0) skips = false;
    let used = from + (skips ? 0 : lines(rest.subarray(from), offset + from, sink));
    if (rest.length - used > LONGEST) {
      sink.broken(TOO_LONG, offset + used);
      skips = true;
      used = rest.length;
    }
    rest = rest.subarray(used);
    offset += used;
  }

  function take(isAll: boolean): void {
    layout ??= layoutOf(rest, isAll);
    if (layout === 'structure') {
      splitter ??= new Splitter(sink, offset);
      splitter.push(rest);
      rest = Buffer.alloc(0);
    } else if (layout === 'lines') takeLines();
  }

  for await (const chunk of withoutMark(bytes)) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    // Only a whole line more can tell more about the layout.
    if (layout || chunk.includes(NEWLINE) || rest.length > 1 << 16) take(false);
  }
  take(true);
  splitter?.end();
  if (layout === 'lines' && !skips) line(rest, offset, sink);
}

/** Leaves out the mark that some editors put in front of a file; offsets count from behind it. */
async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < BYTE_ORDER_MARK.length) continue;
    yield head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? head.subarray(3) : head;
    head = undefined;
  }
  if (head) yield head;
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
