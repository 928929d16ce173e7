import type { ListedOrganization, ListOrganization } from '../aws/organization.ts';
import type { AccountSettings, AccountsAndRoutes } from '../config-file.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import { SourceFailure } from '../ports/cloudtrail.ts';
import type { Log } from '../ports/log.ts';
import type { MessageStore, Notice } from '../ports/messages.ts';
import { withFound } from './found.ts';

interface Needs {
  accounts: { watched(): readonly AccountSettings[]; adopt(next: AccountsAndRoutes): void };
  list: ListOrganization;
  messages: Pick<MessageStore, 'notify'>;
  /** Where what changes is told. */
  channel: string;
  clock: Clock;
  log: Log;
  /** There is something new to draw. */
  wake: () => void;
}

export interface Discovery {
  /** Takes CONFIG_FILE over, with what AWS listed last, and has AWS asked anew. */
  adopt(next: AccountsAndRoutes): void;
  /** Asks AWS when a day is over since it was asked, sooner after a failure. Never rejects. */
  turn(signal: AbortSignal): Promise<void>;
}

const REMEDY =
  'Run Groupwatch in the management account or that of a delegated administrator, with the policy organization of `npm run iam-policy`, or name the accounts under `accounts` in CONFIG_FILE.';

/**
 * Keeps the accounts that are watched to those of the organization. As long as AWS doesn't list them, those that it
 * listed last stay; what an account that comes late has missed is caught up by its first poll.
 */
export function discovery(start: AccountsAndRoutes, needs: Needs): Discovery {
  const { accounts, list, clock, log } = needs;
  let file = start;
  let listed: ListedOrganization | undefined;
  let askedAt: Instant | undefined;
  let failures = 0;

  const isDue = (now: Instant): boolean => {
    if (askedAt === undefined || now < askedAt) return true;
    return now - askedAt >= (failures === 0 ? DAY : Math.min(HOUR, MINUTE * 2 ** (failures - 1)));
  };

  async function take(next: ListedOrganization): Promise<void> {
    const before = new Map(accounts.watched().map(({ id, name }) => [id, name]));
    const isFirst = listed === undefined;
    listed = next;
    accounts.adopt(withFound(file, listed));
    const after = new Map(accounts.watched().map(({ id, name }) => [id, name]));
    const changed = {
      added: [...after].flatMap(([id, name]) => (before.has(id) ? [] : `${name} (${id})`)),
      dropped: [...before].flatMap(([id, name]) => (after.has(id) ? [] : `${name} (${id})`)),
    };
    log.info({ accounts: after.size, ...changed }, 'the accounts of the organization are listed');
    if (!isFirst && changed.added.length + changed.dropped.length > 0)
      await tell(needs, { is: 'organization-changed', ...changed });
  }

  return {
    adopt(next) {
      file = next;
      askedAt = undefined;
      accounts.adopt(withFound(file, listed));
    },
    async turn(signal) {
      const now = clock.now();
      if (!file.organization || !isDue(now)) return;
      askedAt = now;
      try {
        await take(await list(signal));
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        const why = error instanceof SourceFailure ? error.message : String(error);
        log.warn(
          { why, watched: accounts.watched().length },
          'the accounts of the organization can not be listed',
        );
        if (failures++ === 0)
          await tell(needs, {
            is: 'organization-unlisted',
            why,
            remedy: REMEDY,
            watched: accounts.watched().length,
          });
      }
    },
  };
}

/** The same is told once a day, on however many replicas. */
async function tell({ messages, channel, clock, log, wake }: Needs, notice: Notice): Promise<void> {
  const at = clock.now();
  const what =
    notice.is === 'organization-changed' ? `:${[...notice.added, ...notice.dropped].sort().join()}` : '';
  const id = `notice:${notice.is}:${Math.floor(at / DAY)}${what}`.slice(0, 200);
  await messages
    .notify(id, channel, notice, at)
    .catch((error) => log.error({ error: String(error) }, 'the channel could not be told'));
  wake();
}
