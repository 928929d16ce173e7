import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { openStudio, type Studio } from './studio.ts';
import { allViews, type View } from './views.ts';

let browser: Browser;
let studio: Studio;
beforeAll(async () => {
  browser = await launch();
  studio = await openStudio(browser, { colorScheme: 'light' });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await browser.close();
});

const message = (...blocks: unknown[]): View => ({ name: 'x', is: 'message', json: { text: 'x', blocks } });
const mrkdwn = (text: string, verbatim = true) => ({
  type: 'section',
  text: { type: 'mrkdwn', text, verbatim },
});

describe('every view that the product has', () => {
  it.each(allViews().map((view) => [view.name, view] as const))('%s is drawn whole', async (_, view) => {
    const drawn = await studio.sit(view);
    expect(await drawn.locator('.unknown, .wrong').allInnerTexts()).toEqual([]);
    expect((await drawn.innerText()).length).toBeGreaterThan(20);
  });
});

describe('what can not be drawn', () => {
  it.each<[what: string, block: unknown, said: string]>([
    ['a block', { type: 'marquee' }, 'a block of type marquee'],
    ['an element', { type: 'actions', elements: [{ type: 'lever' }] }, 'an element of type lever'],
    ['a text', { type: 'section', text: { type: 'html', text: 'x' } }, 'text of type html'],
    ['rich text', { type: 'rich_text', elements: [{ type: 'rich_text_dance' }] }, 'rich_text_dance'],
    [
      'a button that runs',
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' }, url: 'javascript:x' }],
      },
      'javascript:x',
    ],
    ['a token', mrkdwn('<javascript:alert(1)|x>'), '<javascript:alert(1)|x>'],
  ])('%s is an error that is seen', async (_, block, said) => {
    const drawn = await studio.sit(message(block));
    expect(await drawn.locator('.unknown, .wrong').innerText()).toContain(said);
  });
});

describe('text stays text', () => {
  const nasty = '<img src=x onerror=alert(1)> <script>1</script> &lt; javascript:alert(1)';
  const escaped = nasty.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  it('in every place that takes some', async () => {
    const plain = { type: 'plain_text', text: nasty };
    const drawn = await studio.sit(
      message(
        { type: 'header', text: plain },
        mrkdwn(escaped),
        { type: 'section', fields: [{ type: 'mrkdwn', text: escaped, verbatim: true }, plain] },
        { type: 'context', elements: [plain] },
        { type: 'actions', elements: [{ type: 'button', text: plain, action_id: nasty }] },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: nasty }] }],
        },
        { type: 'table', rows: [[{ type: 'raw_text', text: nasty }]] },
        { type: 'image', image_url: 'https://evil.example/x.png', alt_text: nasty },
      ),
    );
    expect(await drawn.locator('img, script, a').count()).toBe(0);
    expect((await drawn.innerText()).split('<img src=x').length - 1).toBe(9);
  });

  it('unless it is a link that may be one, which opens by itself', async () => {
    const drawn = await studio.sit(
      message(mrkdwn('<https://x.example/?a=1&amp;b=2|here> <mailto:a@b.example>')),
    );
    const links = drawn.locator('a');
    expect(await links.first().getAttribute('href')).toBe('https://x.example/?a=1&b=2');
    expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer');
    expect(await links.last().innerText()).toBe('a@b.example');
  });
});

describe('it looks as in Slack', () => {
  it('people, groups, times and emoji have their names', async () => {
    const at = Math.floor(Date.UTC(2026, 10, 24, 5, 0, 1) / 1000);
    const drawn = await studio.sit(
      message(
        mrkdwn(
          `<@U0ANA> <!subteam^S0SEC> <@U9> <!date^${at}^{date_short_pretty} at {time_secs}|then> :key: *b* \`c\``,
        ),
      ),
    );
    expect(await drawn.locator('.section').innerText()).toBe('@Ana @security @U9 today at 05:00:01 🔑 b c');
  });

  it('tables, lists and bars of colour', async () => {
    const cell = (text: string) => ({ type: 'raw_text', text });
    const item = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
    const drawn = await studio.sit({
      name: 'x',
      is: 'message',
      json: {
        text: 'x',
        blocks: [
          {
            type: 'table',
            rows: [
              [cell('Key'), cell('Age')],
              [cell('AKIAEXAMPLE01'), { type: 'raw_number', value: 90 }],
            ],
          },
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_list', style: 'ordered', elements: [item('one'), item('two')] }],
          },
        ],
        attachments: [{ color: '#a30200', blocks: [mrkdwn('beside')] }],
      },
    });
    expect(await drawn.locator('th').allInnerTexts()).toEqual(['Key', 'Age']);
    expect(await drawn.locator('ol li').count()).toBe(2);
    const colour = 'getComputedStyle(document.querySelector(".bar")).backgroundColor';
    expect(await studio.page.evaluate(colour)).toBe('rgb(163, 2, 0)');
  });
});
