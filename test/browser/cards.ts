import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.ts';
import { smallPng } from './small-png.ts';
import { openStudio } from './studio.ts';
import { allViews, type View } from './views.ts';

/** Those that the README shows: larger, and in the dark as well. */
const SHOWN = ['card-open', 'guide-triage', 'request-pending', 'request-done-and-checked'];
const folder = join(import.meta.dirname, '..', '..', 'docs', 'cards');

/** Writes a picture of every view that has a snapshot, and drops those of views that are gone. */
async function main(): Promise<void> {
  const browser = await launch();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file));
  let written = 0;
  let bytes = 0;
  const isShown = ({ name }: View): boolean => SHOWN.includes(name);
  const sessions = [
    { colorScheme: 'light' as const, deviceScaleFactor: 1, views: allViews().filter((one) => !isShown(one)) },
    { colorScheme: 'light' as const, deviceScaleFactor: 1.5, views: allViews().filter(isShown) },
    { colorScheme: 'dark' as const, deviceScaleFactor: 1.5, views: allViews().filter(isShown) },
  ];
  for (const { views, ...how } of sessions) {
    await using studio = await openStudio(browser, how);
    for (const view of views) {
      const picture = smallPng(await (await studio.sit(view)).screenshot());
      const dark = how.colorScheme === 'dark' ? '-dark' : '';
      writeFileSync(join(folder, `${view.name}${dark}.png`), picture);
      written++;
      bytes += picture.length;
    }
  }
  await browser.close();
  console.log(`${written} pictures in docs/cards, ${Math.round(bytes / 1024)} kB`);
}

await main();
