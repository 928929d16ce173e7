import type { Instant } from '../../domain/time.ts';
import type { Replica } from '../../ports/replicas.ts';
import { type Inspection, inspect } from '../../storage/inspect.ts';
import { StorageRefused } from '../../storage/refused.ts';
import { type Finding, of } from './finding.ts';

const is = of('database');

/** Whether the database can be used, and who uses it now; with what was seen there. */
export async function database(
  url: string,
  now: Instant,
): Promise<{ finding: Finding; inspection?: Inspection }> {
  try {
    const inspection = await inspect(url, now);
    return { finding: judge(placeOf(url), inspection), inspection };
  } catch (error) {
    if (!(error instanceof StorageRefused)) throw error;
    return { finding: is.ill(`${placeOf(url)} can't be used.`, error.message) };
  }
}

function judge(place: string, { isNew, pending, unknown, running, held }: Inspection): Finding {
  if (unknown.length > 0) {
    return is.ill(
      `${place} was made by a newer version of Groupwatch (${unknown.join(', ')}).`,
      'Start that version, or restore a backup from before.',
    );
  }
  if (running.length > 0 && pending.length > 0) {
    return is.odd(
      `${place} lacks ${pending.join(', ')}: an older version runs on it (${names(running)}).`,
      'Stop that one and start this version, which brings the database up to date.',
    );
  }
  if (held && running.length === 0) {
    return is.odd(
      `${place} is kept by a process that gave no sign of life for a minute.`,
      'If Groupwatch was not started just now, stop that process: it hangs.',
    );
  }
  if (isNew) return is.well(`${place} isn't there yet and can be made; the first start does that.`);
  const runs = running.length > 0 ? `in use by ${names(running)}` : 'nobody runs on it';
  const migrates = pending.length > 0 ? `; the next start makes ${pending.join(', ')}` : '';
  return is.well(`${place} opens and takes writes; ${runs}${migrates}.`);
}

const names = (running: readonly Replica[]): string =>
  running.map(({ host, pid, version }) => `Groupwatch ${version}, process ${pid} on ${host}`).join('; ');

/** Without the password. */
function placeOf(url: string): string {
  if (url.startsWith('file:')) return url.slice('file:'.length);
  const parsed = URL.parse(url);
  return parsed ? `PostgreSQL ${parsed.host}${parsed.pathname}` : 'PostgreSQL';
}
