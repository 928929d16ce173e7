import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Timeline } from '../../domain/answer.ts';
import { HOUR, type Instant } from '../../domain/time.ts';
import { COLOURS, FAINT, INK, legend, niceTop, OTHER_COLOUR, paper, write } from './paper.ts';
import { OTHERS, servicesOf, totalOf } from './timeline-words.ts';

const SIZE = { width: 1200, height: 520 };
const PLOT = { left: 70, top: 70, right: 1180, bottom: 400 };
const MARK = '#b91c1c';

/** Calls by the hour, stacked by service, with a line where it happened: a PNG. */
export async function drawTimeline(timeline: Timeline): Promise<Uint8Array> {
  const { pen, png } = await paper(SIZE);
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
  const named = services.map(({ name, total, colour }) => ({ text: `${name} (${total})`, colour }));
  legend(pen, named, { ...PLOT, y: PLOT.bottom + 76 });
  return png();
}

interface Service {
  name: string;
  total: number;
  colour: string;
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
