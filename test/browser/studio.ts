import type { Browser, Locator, Page } from 'playwright-core';
import { drawDays, drawSpans } from '../../src/slack/files/charts.ts';
import { startAws } from '../../src/standins/aws/account.ts';
import { servePage } from '../../src/standins/page/serve.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import { CHARTS, reportFor, WEEK } from '../support/week.ts';
import type { View } from './views.ts';

const PEOPLE = { U0ANA: 'Ana', U0BEN: 'Ben', U0CLEO: 'Cleo', U0DAN: 'Dan', U0BOT: 'Groupwatch' };
const GROUPS = { S0SEC: 'security', S0APPROVE: 'approvers' };
/** The snapshots are of 24 November 2026, five in the morning. */
const NOW = Date.UTC(2026, 10, 24, 5, 40);
const WIDTHS = { message: 660, modal: 520, home: 720 };

/** A page with the renderer alone, to draw views one by one. */
export interface Studio extends AsyncDisposable {
  page: Page;
  /** Draws it; gives the element to look at. */
  sit(view: View): Promise<Locator>;
}

export async function openStudio(
  browser: Browser,
  how: { colorScheme: 'light' | 'dark'; deviceScaleFactor?: number },
): Promise<Studio> {
  const slack = await startSlack();
  const aws = await startAws();
  const staging = {
    story: '',
    first: '',
    cast: [],
    tour: [],
    channel: '',
    command: { name: '/groupwatch', hints: [] },
  };
  const served = await servePage({ slack, aws, scenes: {}, staging });
  const context = await browser.newContext({ ...how, viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  const week = reportFor(WEEK);
  const files = { [CHARTS.days]: await drawDays(week), [CHARTS.spans]: await drawSpans(week) };
  for (const [id, bytes] of Object.entries(files))
    await page.route(`**/files/${id}`, (route) =>
      route.fulfill({ contentType: 'image/png', body: Buffer.from(bytes) }),
    );
  await page.goto(new URL('/studio', served.url).href);
  await page.locator('body.ready').waitFor();
  return {
    page,
    async sit({ is, json }) {
      const sitter = {
        is,
        json,
        people: PEOPLE,
        groups: GROUPS,
        now: NOW,
        width: WIDTHS[is],
        files: Object.keys(files),
      };
      await page.evaluate(`sit(${JSON.stringify(sitter)})`);
      await page.evaluate('document.fonts.ready');
      await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))');
      return page.locator('#sitter');
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await served.close();
      await slack.close();
      await aws.close();
    },
  };
}
