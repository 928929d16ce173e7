import { writeSync } from 'node:fs';

/** Writes to standard output. Waits for a slow reader, and ends quietly when there is none any more (`| head`). */
export function print(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const ENOUGH = 1 << 16;

/** Prints many lines in few writes, each line at the latest when the program next waits for something. */
export function linePrinter(): { line(text: string): void; flush(): void } {
  let waiting = '';
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text) print(text);
  };
  return {
    line(text) {
      if (!waiting) setImmediate(flush);
      waiting += `${text}\n`;
      if (waiting.length > ENOUGH) flush();
    },
    flush,
  };
}
