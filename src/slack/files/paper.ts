import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';

export const INK = '#1f2937';
export const FAINT = '#d1d5db';
/** Okabe and Ito's colours, which people with any colour vision can tell apart; jfly.uni-koeln.de/color. */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];
export const OTHER_COLOUR = '#9ca3af';
const FONT = 'Groupwatch Sans';

let fonts: Promise<void> | undefined;

/** Fonts differ from machine to machine, so the picture brings its own. */
function withFonts(): Promise<void> {
  fonts ??= Promise.all(
    ['400', '700'].map(async (weight) => {
      const file = import.meta.resolve(
        `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`,
      );
      GlobalFonts.register(await readFile(fileURLToPath(file)), FONT);
    }),
  ).then(() => undefined);
  return fonts;
}

/** A white sheet to draw on, with what becomes of it: a PNG. */
export interface Paper {
  pen: SKRSContext2D;
  png(): Uint8Array;
}

export async function paper({ width, height }: { width: number; height: number }): Promise<Paper> {
  await withFonts();
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  return { pen, png: () => canvas.toBuffer('image/png') };
}

interface Style {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'center' | 'right';
}

/** Writes a line of text, its foot at `y`. */
export function write(
  pen: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  { size = 14, bold = false, colour = INK, align = 'left' }: Style = {},
): void {
  pen.font = `${bold ? 'bold ' : ''}${size}px "${FONT}"`;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

export function box(
  pen: SKRSContext2D,
  colour: string,
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

/** 1, 2 or 5 times a power of ten, at least the count. */
export function niceTop(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  return ([1, 2, 5, 10].find((step) => step * power >= count) ?? 10) * power;
}

/** Names with their colours, in rows from `left` to `right`. */
export function legend(
  pen: SKRSContext2D,
  entries: readonly { text: string; colour: string }[],
  { left, right, y: top }: { left: number; right: number; y: number },
): void {
  let [x, y] = [left, top];
  for (const { text, colour } of entries) {
    pen.font = `14px "${FONT}"`;
    const width = pen.measureText(text).width + 44;
    if (x + width > right) [x, y] = [left, y + 26];
    box(pen, colour, [x, y - 12, 14, 14]);
    write(pen, text, x + 22, y);
    x += width;
  }
}
