import type { SKRSContext2D } from '@napi-rs/canvas';
import { alertsOn, type Spread } from '../../domain/numbers.ts';
import type { Severity } from '../../domain/severity.ts';
import { DAY, HOUR, MINUTE, SECOND, spanInWords } from '../../domain/time.ts';
import { STRETCH_WORDS, STRETCHES, type Stretch } from '../../domain/times.ts';
import { spreadInWords } from '../views/numbers/words.ts';
import { type Charted, daysTitle, dayWords, everyDays, spansTitle, totalsOf } from './charts-words.ts';
import { box, FAINT, INK, legend, niceTop, OTHER_COLOUR, paper, write } from './paper.ts';

const SIZE = { width: 1200, height: 480 };
const PLOT = { left: 70, top: 80, right: 1180, bottom: 380 };

/** From Okabe and Ito's colours; the order from below is that of the legend, too. */
const OF_SEVERITY: Record<Severity, string> = {
  low: '#56b4e9',
  medium: '#e69f00',
  high: '#d55e00',
  critical: '#7a0f3c',
};

const LABEL_BELOW = 24;

/** Columns of the alerts of each day, stacked by severity with the gravest at the foot: a PNG. */
export async function drawDays(charted: Charted): Promise<Uint8Array> {
  const { pen, png } = await paper(SIZE);
  const { days } = charted;
  write(pen, daysTitle(charted), PLOT.left, 34, { bold: true, size: 20 });
  const top = niceTop(Math.max(1, ...days.map(alertsOn)));
  const heightOf = (count: number): number => ((PLOT.bottom - PLOT.top) * count) / top;
  const lines = Math.min(top, 5);
  for (let n = 0; n <= lines; n++) {
    const count = (top * n) / lines;
    const y = Math.round(PLOT.bottom - heightOf(count));
    box(pen, FAINT, [PLOT.left, y, PLOT.right - PLOT.left, 1]);
    write(pen, String(Math.round(count)), PLOT.left - 10, y + 5, { align: 'right' });
  }
  const width = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  const totals = totalsOf(days);
  for (const [n, day] of days.entries()) {
    const x = PLOT.left + n * width;
    let y = PLOT.bottom;
    for (const { severity } of totals) {
      const height = heightOf(day.bySeverity[severity]);
      y -= height;
      box(pen, OF_SEVERITY[severity], [x + width * 0.1, y, width * 0.8, height]);
    }
    if (n % everyDays(days.length) === 0)
      write(pen, dayWords(day.start).slice(5), x + width / 2, PLOT.bottom + LABEL_BELOW, {
        align: 'center',
        size: 13,
      });
  }
  const named = totals.map(({ severity, total }) => ({
    text: `${severity} (${total})`,
    colour: OF_SEVERITY[severity],
  }));
  legend(pen, named, { ...PLOT, y: PLOT.bottom + 68 });
  return png();
}

const SPANS = { left: 270, top: 80, right: 860, row: 44 };
const BAR = '#0072b2';
const TICKS = [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY];

/** A bar to the median of each stretch and a line to its 90th percentile, longer by the logarithm: a PNG. */
export async function drawSpans(charted: Charted): Promise<Uint8Array> {
  const { pen, png } = await paper({
    width: SIZE.width,
    height: SPANS.top + STRETCHES.length * SPANS.row + 90,
  });
  const { stretches } = charted.numbers;
  write(pen, spansTitle(charted), 24, 34, { bold: true, size: 20 });
  const longest = Math.max(MINUTE, ...Object.values(stretches).map(({ p90 }) => p90));
  const ticks = TICKS.slice(0, TICKS.findIndex((tick) => tick >= longest) + 1 || TICKS.length);
  const end = ticks.at(-1) ?? DAY;
  const xOf = (ms: number): number => {
    const share = Math.log(Math.max(SECOND, Math.min(ms, end)) / SECOND) / Math.log(end / SECOND);
    return SPANS.left + share * (SPANS.right - SPANS.left);
  };
  const foot = SPANS.top + STRETCHES.length * SPANS.row;
  for (const tick of ticks) {
    const x = Math.round(xOf(tick));
    box(pen, FAINT, [x, SPANS.top - 10, 1, foot - SPANS.top + 10]);
    write(pen, spanInWords(tick), x, foot + 20, { align: 'center', size: 13 });
  }
  for (const [n, stretch] of STRETCHES.entries())
    drawRow(pen, stretch, stretches[stretch], { y: SPANS.top + n * SPANS.row + SPANS.row / 2, xOf });
  write(
    pen,
    'Bar: the median. Line: nine of ten took no longer. Each mark is many times the one before.',
    24,
    foot + 62,
    { size: 13 },
  );
  return png();
}

function drawRow(
  pen: SKRSContext2D,
  stretch: Stretch,
  spread: Spread | undefined,
  { y, xOf }: { y: number; xOf: (ms: number) => number },
): void {
  write(pen, STRETCH_WORDS[stretch], SPANS.left - 16, y + 5, { align: 'right' });
  if (!spread) {
    write(pen, 'not known of any', SPANS.right + 24, y + 5, { colour: OTHER_COLOUR });
    return;
  }
  box(pen, BAR, [SPANS.left, y - 12, Math.max(2, xOf(spread.median) - SPANS.left), 24]);
  const slow = xOf(spread.p90);
  box(pen, INK, [SPANS.left, y - 1, Math.max(2, slow - SPANS.left), 2]);
  box(pen, INK, [slow - 1, y - 8, 2, 16]);
  write(pen, spreadInWords(spread), SPANS.right + 24, y + 5, { size: 13 });
}
