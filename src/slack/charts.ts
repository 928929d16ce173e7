import type { WebClient } from '@slack/web-api';
import type { Report } from '../domain/report.ts';
import type { ShownPicture } from '../ports/messages.ts';
import { upload } from './board/upload.ts';
import { daysAlt, daysTitle, dayWords, spansAlt, spansTitle } from './files/charts-words.ts';

/** Draws the charts of a report and uploads them, each with its description; rejects when Slack doesn't take them. */
export const chartsOf =
  (web: WebClient) =>
  async (report: Report): Promise<ShownPicture[]> => {
    // Only now: it takes memory that a Groupwatch which nobody asks for numbers doesn't need.
    const { drawDays, drawSpans } = await import('./files/charts.ts');
    const span = `${dayWords(report.from)}-${dayWords(report.to)}`;
    const files = [
      {
        name: `alerts-${span}.png`,
        title: daysTitle(report),
        alt: daysAlt(report),
        bytes: await drawDays(report),
      },
      {
        name: `times-${span}.png`,
        title: spansTitle(report),
        alt: spansAlt(report),
        bytes: await drawSpans(report),
      },
    ];
    const pictures: ShownPicture[] = [];
    for (const file of files) {
      const { title, alt } = file;
      pictures.push({ fileId: await upload(web, file), title, alt });
    }
    return pictures;
  };
