import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Timeline } from '../../domain/answer.ts';
import { HOUR, type Instant } from '../../domain/time.ts';
import { OTHERS, servicesOf, totalOf } from './timeline-words.ts';

const SIZE = { width: 1200, height: 520 };
const PLOT = { left: 70, top: 70, right: 1180, bottom: 400 };
const INK = '#1f2937';
const FAINT = '#d1d5db';
const MARK = '#b91c1c';
/** Okabe and Ito's colours, which people with any colour vision can tell apart; jfly.uni-koeln.de/color. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];
const OTHER_COLOUR = '#9ca3af';
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

/** Calls by the hour, stacked by service, with a line where it happened: a PNG. */
export async function drawTimeline(timeline: Timeline): Promise<Uint8Array> {
  await withFonts();
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, SIZE.width, SIZE.height);
  write(pen, timeline.title, PLOT.left, 34, { bold: true, size: 20 });
  const services = servicesOf(timeline).map(({ name, total }, n) => ({
    name,
    total,
    colour: name === OTHERS ? OTHER_COLOUR : (COLOURS[n] ?? OTHER_COLOUR),
  }));
  const most = niceTop(Math.max(1, ...timeline.hours.map(totalOf)));
  drawGrid(pen, most);
  drawBars(pen, timeline, services, most);
  drawHours(pen, timeline);
  drawMark(pen, timeline);
  drawLegend(pen, services);
  return canvas.toBuffer('image/png');
}

interface Service {
  name: string;
  total: number;
  colour: string;
}

interface Style {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'center' | 'right';
}

function write(
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

/** 1, 2 or 5 times a power of ten, at least the count. */
function niceTop(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  return ([1, 2, 5, 10].find((step) => step * power >= count) ?? 10) * power;
}

const heightOf = (count: number, most: number): number => ((PLOT.bottom - PLOT.top) * count) / most;

function drawGrid(pen: SKRSContext2D, most: number): void {
  const lines = Math.min(most, 5);
  for (let n = 0; n <= lines; n++) {
    const count = (most * n) / lines;
    const y = PLOT.bottom - heightOf(count, most);
    pen.fillStyle = FAINT;
    pen.fillRect(PLOT.left, Math.round(y), PLOT.right - PLOT.left, 1);
    write(pen, String(Math.round(count)), PLOT.left - 10, y + 5, { align: 'right' });
  }
  write(pen, 'calls an hour', PLOT.left, PLOT.top - 12, { size: 13 });
}

const widthOf = ({ hours }: Timeline): number => (PLOT.right - PLOT.left) / Math.max(1, hours.length);

function placeOf(timeline: Timeline, at: Instant): number {
  const start = timeline.hours[0]?.start ?? at;
  return PLOT.left + ((at - start) / HOUR) * widthOf(timeline);
}

function drawBars(pen: SKRSContext2D, timeline: Timeline, services: readonly Service[], most: number): void {
  const width = widthOf(timeline);
  const named = new Set(services.map(({ name }) => name));
  for (const hour of timeline.hours) {
    let y = PLOT.bottom;
    for (const { name, colour } of services) {
      const others = Object.entries(hour.services).filter(([service]) => !named.has(service));
      const count =
        name === OTHERS ? others.reduce((sum, [, one]) => sum + one, 0) : (hour.services[name] ?? 0);
      const height = heightOf(count, most);
      y -= height;
      pen.fillStyle = colour;
      pen.fillRect(placeOf(timeline, hour.start) + 1, y, Math.max(1, width - 2), height);
    }
  }
}

function drawHours(pen: SKRSContext2D, timeline: Timeline): void {
  for (const { start } of timeline.hours) {
    const date = new Date(start);
    if (date.getUTCHours() % 6 !== 0) continue;
    const x = placeOf(timeline, start);
    pen.fillStyle = INK;
    pen.fillRect(Math.round(x), PLOT.bottom, 1, 6);
    write(pen, date.toISOString().slice(11, 16), x, PLOT.bottom + 22, { align: 'center', size: 13 });
    if (date.getUTCHours() === 0)
      write(pen, date.toISOString().slice(0, 10), x, PLOT.bottom + 40, { align: 'center', size: 13 });
  }
  write(pen, 'UTC', PLOT.left - 10, PLOT.bottom + 22, { align: 'right', size: 13 });
}

function drawMark(pen: SKRSContext2D, timeline: Timeline): void {
  const x = placeOf(timeline, timeline.marked);
  pen.strokeStyle = MARK;
  pen.lineWidth = 2;
  pen.setLineDash([6, 4]);
  pen.beginPath();
  pen.moveTo(x, PLOT.top - 8);
  pen.lineTo(x, PLOT.bottom);
  pen.stroke();
  pen.setLineDash([]);
  const late = x > (PLOT.left + PLOT.right) / 2;
  const time = new Date(timeline.marked).toISOString().slice(11, 16);
  write(pen, `the addition, ${time}`, late ? x - 8 : x + 8, PLOT.top - 12, {
    align: late ? 'right' : 'left',
    bold: true,
    colour: MARK,
  });
}

function drawLegend(pen: SKRSContext2D, services: readonly Service[]): void {
  let [x, y] = [PLOT.left, PLOT.bottom + 76];
  for (const { name, total, colour } of services) {
    const text = `${name} (${total})`;
    pen.font = `14px "${FONT}"`;
    const width = pen.measureText(text).width + 44;
    if (x + width > PLOT.right) [x, y] = [PLOT.left, y + 26];
    pen.fillStyle = colour;
    pen.fillRect(x, y - 12, 14, 14);
    write(pen, text, x + 22, y);
    x += width;
  }
}
