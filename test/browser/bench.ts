import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { startAws } from '../../src/standins/aws/account.ts';
import { servePage } from '../../src/standins/page/serve.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import { type Figure, lineOf, quantile } from '../bench/figure.ts';
import { launch } from './chromium.ts';
import type { PAGE_FIGURES } from './figures.ts';
import { allViews } from './views.ts';

const CHANNEL = 'C1';
const POSTS = 50;
const MANY = 500;

const card = allViews().find(({ name }) => name === 'card-open')?.json;
const numbers = z.array(z.number());
const say = (figure: Figure & { name: (typeof PAGE_FIGURES)[number] }): void => console.log(lineOf(figure));

/** How fast the page is in Chromium: one line of JSON a figure, as `npm run bench` has them. */
async function main(): Promise<void> {
  await using slack = await startSlack({ enforceRate: false });
  await using aws = await startAws();
  slack.addPerson({ id: 'U1', name: 'Ana' });
  slack.addChannel({ id: CHANNEL, name: 'alerts', members: ['U1'] });
  const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const staging = {
    story: 'x',
    first: 'x',
    cast: [{ id: 'U1', name: 'Ana', role: 'responder' }],
    tour: [],
    channel: CHANNEL,
    command: { name: '/groupwatch', hints: [] },
  };
  await using served = await servePage({ slack, aws, scenes: {}, staging });
  const post = async (): Promise<string> => {
    const text = String(card?.text);
    await web.apiCall('chat.postMessage', { channel: CHANNEL, text, blocks: JSON.stringify(card?.blocks) });
    return slack.messages(CHANNEL).at(-1)?.ts ?? '';
  };
  const browser = await launch();
  for (let n = 0; n < 5; n++) await post();
  const few = await loads(browser, served.url);
  say({ name: 'page: first paint, 5 cards', ...inMs(few.paints, 1, 'loads') });
  const waits = await shown(await openPage(browser, served.url), post);
  say({ name: 'page: card posted to card shown, p95', ...inMs(waits, 0.95, 'posts') });
  while (slack.messages(CHANNEL).length < MANY) await post();
  const many = await loads(browser, served.url);
  say({ name: 'page: first paint, 500 cards', ...inMs(many.paints, 1, 'loads') });
  say({ name: 'page: ready, 500 cards', ...inMs(many.readies, 1, 'loads') });
  const frames = await scrolling(await openPage(browser, served.url));
  say({ name: 'page: frame while 500 cards are scrolled, p99', ...inMs(frames, 0.99, 'frames') });
  say({
    name: 'page: largest script',
    value: Math.max(...many.sizes) / 1_000,
    unit: 'kB',
    comparison: 'all scripts together, kB',
    against: many.sizes.reduce((sum, one) => sum + one, 0) / 1_000,
  });
  await browser.close();
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator('body.ready').waitFor();
  return page;
}

function inMs(times: readonly number[], share: number, what: string): Omit<Figure, 'name'> {
  return {
    value: quantile(times, share),
    unit: 'ms',
    comparison: `median of the same ${times.length} ${what}, ms`,
    against: quantile(times, 0.5),
  };
}

interface Loads {
  paints: number[];
  readies: number[];
  /** Of each script, in bytes. */
  sizes: number[];
}

/** Cold each time: no cache, a context of its own. */
async function loads(browser: Browser, url: string): Promise<Loads> {
  const paints: number[] = [];
  const readies: number[] = [];
  let sizes: number[] = [];
  for (let n = 0; n < 7; n++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('body.ready').waitFor();
    readies.push(z.number().parse(await page.evaluate('performance.now()')));
    const paint = 'performance.getEntriesByName("first-contentful-paint")[0].startTime';
    paints.push(z.number().parse(await page.evaluate(paint)));
    const scripts =
      'performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".ts")).map((one) => one.decodedBodySize)';
    sizes = numbers.parse(await page.evaluate(scripts));
    await context.close();
  }
  return { paints, readies, sizes };
}

/** From Slack's answer to the post until the card is in the page. */
async function shown(page: Page, post: () => Promise<string>): Promise<number[]> {
  await page.evaluate(`
    window.came = {};
    new MutationObserver((all) => {
      for (const { addedNodes } of all)
        for (const one of addedNodes) if (one.dataset?.ts) window.came[one.dataset.ts] ??= Date.now();
    }).observe(document.body, { childList: true, subtree: true });
  `);
  const waits: number[] = [];
  for (let n = 0; n < POSTS; n++) {
    const ts = await post();
    const posted = Number(ts) * 1000;
    await page.locator(`.message[data-ts="${ts}"]`).waitFor();
    waits.push(z.number().parse(await page.evaluate(`window.came['${ts}']`)) - posted);
    await sleep(20);
  }
  return waits;
}

/** From the newest to the oldest and back, a screen's height every three frames. */
async function scrolling(page: Page): Promise<number[]> {
  await page
    .locator('.conversation .message')
    .nth(MANY - 1)
    .waitFor({ state: 'attached' });
  return numbers.parse(
    await page.evaluate(`new Promise((resolve) => {
      const list = document.querySelector('.conversation .scroll');
      const frames = [];
      let last = performance.now();
      let way = -1;
      const step = (now) => {
        frames.push(now - last);
        last = now;
        const before = list.scrollTop;
        list.scrollTop += way * 300;
        if (list.scrollTop === before && way === 1) return resolve(frames.slice(1));
        if (list.scrollTop === before) way = 1;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    })`),
  );
}

await main();
