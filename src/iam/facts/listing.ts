import { everyPage, type Page } from './pages.ts';
import type { CallOptions, MakeReading, Reading } from './reading.ts';

/** Makes a reading of one of IAM's lists about a user or group: every page of it, to the end. */
export type MakeListing = <Answer extends Page, Item>(
  permission: string,
  ask: (name: string | undefined, marker: string | undefined, options: CallOptions) => Promise<Answer>,
  itemsOf: (answer: Answer) => Item[] | undefined,
) => Reading<Item[]>;

/** Lists that share the turns of these readings. */
export function listings(reading: MakeReading): MakeListing {
  return (permission, ask, itemsOf) =>
    reading({
      permission,
      load: ([name], send) => everyPage((marker) => send((options) => ask(name, marker, options)), itemsOf),
    });
}
