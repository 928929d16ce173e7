import type { Browser, Locator, Page } from 'playwright-core';
import { openSandbox } from '../../src/demo/sandbox.ts';
import { type Stage, setStage } from '../../src/demo/stage.ts';
import { launch } from './chromium.ts';

/** The whole demo, and people who look at it. */
export interface Sandbox extends AsyncDisposable {
  stage: Stage;
  browser: Browser;
  /** A window of its own for this person. */
  as(person: string, how?: { colorScheme?: 'light' | 'dark' }): Promise<Page>;
  /** What went wrong in any of the windows. */
  errors: string[];
}

export async function startSandbox(): Promise<Sandbox> {
  const stage = await setStage({ hurry: true });
  const served = await openSandbox(stage, 0);
  const browser = await launch();
  const errors: string[] = [];
  return {
    stage,
    browser,
    errors,
    async as(person, { colorScheme = 'light' } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(`${served.url}?as=${person}`);
      await page.locator('body.ready').waitFor();
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await served.close();
      await stage.close();
    },
  };
}

/** The newest card in the open channel that speaks of this user. */
export const cardOf = (page: Page, user: string): Locator =>
  page.locator('.conversation .message:not(.private)', { hasText: user }).last();

/** Presses a button of the product by its id. */
export const press = (within: Locator | Page, action: string): Promise<void> =>
  within.locator(`[data-action="${action}"]`).last().click();
