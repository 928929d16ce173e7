import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { openStorage } from '../../src/storage/open.ts';
import { manyRaised } from '../support/alerts.ts';
import type { Figure } from './figure.ts';

const EVENTS = 10_000;
const PAGE = 50;

/** Events stored and marked for drawing, durable, in pages of 50, beside bare inserts of the same bytes. */
export async function storeSpeed(folder: string): Promise<Figure[]> {
  const events = manyRaised(EVENTS);
  const storage = await openStorage(`file:${join(folder, 'store.db')}`, { channel: 'C0BENCH' });
  const began = performance.now();
  for (let at = 0; at < EVENTS; at += PAGE) await storage.alerts.raise(events.slice(at, at + PAGE), []);
  const ours = performance.now() - began;
  await storage.close();

  const bare = new SQLite(join(folder, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('create table event (id text primary key, raw text, state text)');
  const insert = bare.prepare('insert into event values (?, ?, ?)');
  const page = bare.transaction((from: number) => {
    for (const { alert, raw } of events.slice(from, from + PAGE))
      insert.run(alert.id, raw, JSON.stringify(alert));
  });
  const bareBegan = performance.now();
  for (let at = 0; at < EVENTS; at += PAGE) page(at);
  const least = performance.now() - bareBegan;
  bare.close();
  return [
    {
      name: 'store and mark for drawing',
      value: (EVENTS / ours) * 1000,
      unit: 'events/s',
      comparison: 'bare better-sqlite3 inserts in the same pages, events/s',
      against: (EVENTS / least) * 1000,
    },
  ];
}
