import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { startAws } from '../../src/standins/aws/account.ts';
import { servePage } from '../../src/standins/page/serve.ts';
import { startSlack } from '../../src/standins/slack/workspace.ts';
import { launch } from './chromium.ts';
import { allViews } from './views.ts';

const CHANNEL = 'C1';
const POSTS = 50;
const MANY = 500;

const card = allViews().find(({ name }) => name === 'card-open')?.json;
const quantile = (values: number[], q: number): number =>
  Math.round((values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN) * 10) / 10;
const numbers = z.array(z.number());
const say = (what: string, figures: object): void => console.log(JSON.stringify({ what, ...figures }));

/** How fast the page is in Chromium: one line of JSON each, times in ms. */
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
  say('first paint, 5 cards', await firstPaint(browser, served.url));
  say('card posted to card on the page', await shown(await openPage(browser, served.url), post));
  while (slack.messages(CHANNEL).length < MANY) await post();
  say(`first paint, ${MANY} cards`, await firstPaint(browser, served.url));
  say(`scrolling ${MANY} cards`, await scrolling(await openPage(browser, served.url)));
  await browser.close();
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator('body.ready').waitFor();
  return page;
}

/** Cold each time: no cache, a context of its own. */
async function firstPaint(browser: Browser, url: string): Promise<object> {
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
  return {
    paintP50: quantile(paints, 0.5),
    paintMost: quantile(paints, 0.99),
    readyP50: quantile(readies, 0.5),
    scripts: sizes.length,
    scriptBytes: sizes.reduce((sum, one) => sum + one, 0),
    largestScript: Math.max(...sizes),
  };
}

/** From Slack's answer to the post until the card is in the page. */
async function shown(page: Page, post: () => Promise<string>): Promise<object> {
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
  return { posts: POSTS, p50: quantile(waits, 0.5), p95: quantile(waits, 0.95), most: quantile(waits, 0.99) };
}

/** From the newest to the oldest and back, a screen's height every three frames. */
async function scrolling(page: Page): Promise<object> {
  await page
    .locator('.conversation .message')
    .nth(MANY - 1)
    .waitFor({ state: 'attached' });
  const frames = numbers.parse(
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
  return {
    frames: frames.length,
    p50: quantile(frames, 0.5),
    p95: quantile(frames, 0.95),
    most: quantile(frames, 0.999),
    over50ms: frames.filter((one) => one > 50).length,
  };
}

await main();
