import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK = 1 << 20;

/** The bytes of a file, or of standard input for `-`; unpacked when they begin as gzip does. Throws when it can't be opened. */
export async function openBytes(name: string): Promise<AsyncIterable<Buffer>> {
  const source: Readable = name === '-' ? process.stdin : createReadStream(name, { highWaterMark: CHUNK });
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  const all = Readable.from(
    (async function* () {
      yield head;
      for (let next = await chunks.next(); !next.done; next = await chunks.next())
        yield Buffer.from(next.value);
    })(),
    { objectMode: false, highWaterMark: CHUNK },
  );
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  if (!gzipped) return all;
  const unpacked = createGunzip({ chunkSize: CHUNK });
  all.on('error', (error) => unpacked.destroy(error));
  return all.pipe(unpacked);
}
