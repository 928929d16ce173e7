import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import { barriers } from './axe.ts';
import { cardOf, press, type Sandbox, startSandbox } from './sandbox.ts';

let sandbox: Sandbox;
let ana: Page;
let otto: Page;
beforeAll(async () => {
  sandbox = await startSandbox();
  [ana, otto] = await Promise.all([sandbox.as('U0ANA'), sandbox.as('U0OTTO')]);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** Each act stands on the one before, as in the demo. */
describe('the story, as people see it', () => {
  it('begins when an intruder makes himself administrator: the card comes, to everybody', async () => {
    await ana.locator('[data-scene="intruder"]').click();
    for (const page of [ana, otto]) {
      await cardOf(page, 'mallory').getByRole('heading', { name: 'IAM user added to a group' }).waitFor();
    }
    expect(await ana.locator('#live').textContent()).toContain('mallory');
  });

  it('opens the guide in the thread, and ticks a step off', async () => {
    await press(cardOf(ana, 'mallory'), ACTION.openGuide);
    await cardOf(ana, 'mallory').locator('.replies').click();
    const thread = ana.locator('.thread');
    await thread.getByRole('heading', { name: /^1 · Triage/ }).waitFor();
    const actor = thread.locator('.section', { hasText: 'Who made the change' });
    await actor.locator('.overflow').click();
    await ana.getByRole('menuitem', { name: 'Done' }).click();
    await actor.getByText('Done: @Ana').waitFor();
    await cardOf(ana, 'mallory').getByText('1 of 16').waitFor();
    await ana.getByRole('button', { name: 'Close thread' }).click();
    expect(await ana.locator('.thread').isVisible()).toBe(false);
  });

  it('refuses somebody from another company, who alone is told why', async () => {
    await press(cardOf(otto, 'mallory'), ACTION.acknowledge);
    await otto.locator('.message.private', { hasText: '🔒' }).waitFor();
    expect(await ana.locator('.message.private').count()).toBe(0);
  });

  it('lets a responder acknowledge', async () => {
    await press(cardOf(ana, 'mallory'), ACTION.acknowledge);
    await cardOf(ana, 'mallory').getByText('Acknowledged').waitFor();
    await cardOf(otto, 'mallory').getByText('Acknowledged').waitFor();
    expect(await cardOf(ana, 'mallory').locator(`[data-action="${ACTION.acknowledge}"]`).count()).toBe(0);
  });

  it('answers a slash command, to who asked alone', async () => {
    const field = ana.getByRole('combobox', { name: /^Message/ });
    await field.fill('/groupwatch rec');
    await ana.getByRole('option', { name: /recent/ }).waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await field.press('Enter');
    await ana.locator('.message.private', { hasText: 'last 24 hours' }).waitFor();
    expect(await otto.locator('.message.private', { hasText: 'last 24 hours' }).count()).toBe(0);
  });
});

describe('the response, as people see it', () => {
  let ben: Page;
  /** The newest message of the thread with these words. */
  const inThread = (page: Page, words: string) => page.locator('.thread .message', { hasText: words }).last();
  const can = (page: Page, what: string) =>
    page.locator('[data-user="mallory"] .can .yes', { hasText: what });

  it('is asked for by one', async () => {
    ben = await sandbox.as('U0BEN');
    await can(ben, 'create users').waitFor();
    await press(cardOf(ana, 'mallory'), ACTION.requestDisablement);
    await ana.getByRole('textbox', { name: 'Why?' }).fill('Added himself to admins from an unknown address');
    await ana.locator('dialog[open] .primary').click();
    await ana.locator('dialog[open]').waitFor({ state: 'hidden' });
    for (const page of [ana, ben]) {
      await cardOf(page, 'mallory').locator('.replies').click();
      await inThread(page, 'waiting for approval').getByText('What will be done').waitFor();
    }
  });

  it('is not approved by who asked', async () => {
    await press(inThread(ana, 'waiting for approval'), ACTION.approveResponse);
    await ana.locator('.message.private', { hasText: '🔒' }).waitFor();
    expect(await ana.locator('dialog[open]').count()).toBe(0);
  });

  it('is approved by another person, who types the name; AWS lets the user do nothing more', async () => {
    await press(inThread(ben, 'waiting for approval'), ACTION.approveResponse);
    const name = ben.getByRole('textbox', { name: 'Name of the user' });
    await name.fill('malory');
    await ben.locator('dialog[open] .primary').click();
    await ben.locator('.problem').waitFor();
    await name.fill('mallory');
    await ben.locator('dialog[open] .primary').click();
    await inThread(ben, 'Disable a user').getByRole('heading', { name: 'done' }).waitFor();
    await can(ben, 'create users').waitFor({ state: 'detached' });
    expect(await ben.locator('[data-user="mallory"] .can .yes').count()).toBe(0);
    await ben.locator('[data-user="mallory"] .chip.deny').waitFor();
  });

  it('stands against an intruder who fights back', async () => {
    await ben.locator('[data-scene="fight"]').click();
    await inThread(ben, 'has put it back').waitFor();
    await ben.locator('[data-user="mallory"] .chip.deny').waitFor();
    expect(await ben.locator('[data-user="mallory"] .can .yes').count()).toBe(0);
  });

  it('is taken back, asked by one and approved by the other', async () => {
    await press(inThread(ben, 'Request undo…'), ACTION.undoResponse);
    await ben.getByRole('textbox').last().fill('Key rotated, laptop cleaned, incident 42');
    await ben.locator('dialog[open] .primary').click();
    await inThread(ana, 'waiting for approval').getByText('What will be done').waitFor();
    await press(inThread(ana, 'waiting for approval'), ACTION.approveResponse);
    await ana.getByRole('textbox', { name: 'Name of the user' }).fill('mallory');
    await ana.locator('dialog[open] .primary').click();
    await can(ana, 'create users').waitFor();
    expect(await ana.locator('[data-user="mallory"] .chip.deny').count()).toBe(0);
    await ben.context().close();
    await ana.getByRole('button', { name: 'Close thread' }).click();
  });
});

describe('everybody can use it', () => {
  it.each(['light', 'dark'] as const)(
    'finds no barrier in the %s, also with a thread, a menu and a modal open',
    async (colorScheme) => {
      const page = await sandbox.as('U0BEN', { colorScheme });
      await cardOf(page, 'mallory').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.locator('.replies').last().click();
      expect(await barriers(page)).toEqual([]);
      await press(page.locator('.conversation'), ACTION.menu);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Resolve…' }).click();
      await page.locator('dialog[open]').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.locator('dialog[open] .primary').click();
      await page.locator('.problem').first().waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Take the tour' }).click();
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    },
  );

  it('works a menu and a modal by the keyboard, and gives the focus back', async () => {
    const page = await sandbox.as('U0BEN');
    const menu = cardOf(page, 'mallory').locator(`[data-action="${ACTION.menu}"]`);
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Raw event');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.dataset.action')).toBe(ACTION.menu);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    expect(await page.locator('dialog pre').first().innerText()).toContain('AddUserToGroup');
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await page.context().close();
  });
});

it('lets nothing go wrong in the browser', () => expect(sandbox.errors).toEqual([]));
