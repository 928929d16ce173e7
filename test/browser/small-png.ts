import { crc32, deflateSync, inflateSync } from 'node:zlib';

interface Picture {
  width: number;
  height: number;
  /** Red, green and blue of each pixel in one number. */
  pixels: Uint32Array;
}

/**
 * The same picture with at most 256 colours, a byte a pixel. Chromium's own have four; drawn text and flat colours
 * lose nothing that one sees. Takes what Chromium writes: 8 bits a channel, no alpha that matters, not interlaced.
 */
export function smallPng(png: Buffer): Buffer {
  const picture = decode(png);
  const { palette, indexOf } = paletteOf(picture.pixels);
  const { width, height, pixels } = picture;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function decode(png: Buffer): Picture {
  const data: Buffer[] = [];
  let width = 0;
  let height = 0;
  let channels = 4;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      channels = body[9] === 2 ? 3 : 4;
    }
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), { width, height, channels });
  const pixels = new Uint32Array(width * height);
  for (let n = 0; n < pixels.length; n++) {
    const at = n * channels;
    pixels[n] = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  }
  return { width, height, pixels };
}

/** Takes PNG's filters back, line by line (www.w3.org/TR/png, 9). */
function unfiltered(
  raw: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
): Uint8Array {
  const stride = width * channels;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? (out[y * stride + x - channels] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * stride + x] ?? 0) : 0;
      const corner = y > 0 && x >= channels ? (out[(y - 1) * stride + x - channels] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      out[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

type Colour = { value: number; count: number };
const channel = (value: number, shift: number): number => (value >> shift) & 255;

/** Median cut: the box of colours that differ most is halved until there are 256. */
function paletteOf(pixels: Uint32Array): { palette: number[]; indexOf: Map<number, number> } {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  let boxes = [boxOf([...counts].map(([value, count]) => ({ value, count })))];
  while (boxes.length < 256) {
    const widest = boxes.reduce((most, one) => (one.by > most.by ? one : most));
    if (widest.by === 0) break;
    const { shift } = widest;
    const sorted = widest.colours.toSorted((x, y) => channel(x.value, shift) - channel(y.value, shift));
    const middle = Math.max(1, Math.floor(sorted.length / 2));
    const halves = [boxOf(sorted.slice(0, middle)), boxOf(sorted.slice(middle))];
    boxes = [...boxes.filter((one) => one !== widest), ...halves];
  }
  const palette = boxes.map(({ colours }) => average(colours));
  const indexOf = new Map(
    boxes.flatMap(({ colours }, index) => colours.map(({ value }) => [value, index] as const)),
  );
  return { palette, indexOf };
}

/** Colours, and the channel in which they differ most. */
function boxOf(colours: Colour[]): { colours: Colour[]; by: number; shift: number } {
  const spans = [16, 8, 0].map((shift) => {
    let [least, most] = [255, 0];
    for (const { value } of colours) {
      least = Math.min(least, channel(value, shift));
      most = Math.max(most, channel(value, shift));
    }
    return { by: most - least, shift };
  });
  const widest = spans.reduce((most, one) => (one.by > most.by ? one : most));
  return { colours, ...widest };
}

/** The commonest colour of a box where it is most of it, so that flat areas stay exactly as they are. */
function average(box: Colour[]): number {
  const total = box.reduce((sum, { count }) => sum + count, 0);
  const top = box.toSorted((a, b) => b.count - a.count)[0];
  if (top && top.count * 2 > total) return top.value;
  const mean = (shift: number): number =>
    Math.round(box.reduce((sum, { value, count }) => sum + channel(value, shift) * count, 0) / total);
  return (mean(16) << 16) | (mean(8) << 8) | mean(0);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
