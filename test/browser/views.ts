import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'slack', 'views', '__snapshots__');

/** Something the product draws, as `npm test` holds it. */
export interface View {
  /** As its file is called: `card-open`. */
  name: string;
  is: 'message' | 'modal' | 'home';
  json: Record<string, unknown>;
}

/** Every card, message and modal that has a snapshot; those of words alone aren't views. */
export function allViews(): View[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const json: Record<string, unknown> = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      if (!Array.isArray(json.blocks)) return [];
      const is = json.type === 'modal' || json.type === 'home' ? json.type : 'message';
      return [{ name: file.replace(/\.json$/, ''), is, json }];
    });
}
