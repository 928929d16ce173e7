import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.ts';
import { smallPng } from './small-png.ts';
import { openStudio } from './studio.ts';
import { allViews } from './views.ts';

/** Those that are shown in the dark as well. */
const ALSO_DARK = ['card-open', 'card-acknowledged', 'guide-triage', 'modal-disablement'];
const folder = join(import.meta.dirname, '..', '..', 'docs', 'cards');

/** Writes a picture of every view that has a snapshot, and drops those of views that are gone. */
async function main(): Promise<void> {
  const browser = await launch();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file));
  let written = 0;
  let bytes = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    await using studio = await openStudio(browser, { colorScheme, deviceScaleFactor: 1.5 });
    const views = allViews().filter(({ name }) => colorScheme === 'light' || ALSO_DARK.includes(name));
    for (const view of views) {
      const picture = smallPng(await (await studio.sit(view)).screenshot());
      writeFileSync(join(folder, `${view.name}${colorScheme === 'dark' ? '-dark' : ''}.png`), picture);
      written++;
      bytes += picture.length;
    }
  }
  await browser.close();
  console.log(`${written} pictures in docs/cards, ${Math.round(bytes / 1024)} kB`);
}

await main();
