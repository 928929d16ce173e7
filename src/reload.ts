import { createHash } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import { accountsOf, type Settings } from './config.ts';
import { DAY } from './domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { MessageStore } from './ports/messages.ts';

interface Needs {
  accounts: Pick<Accounts, 'adopt'>;
  messages: Pick<MessageStore, 'notify'>;
  clock: Clock;
  log: Log;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** Takes a changed CONFIG_FILE over, all of it or nothing: a broken one is told to the channel, once a day. Never rejects. */
export const reloading =
  (
    { configFile, channel }: Pick<Settings, 'configFile' | 'channel'>,
    { accounts, messages, clock, log, wake }: Needs,
  ): (() => Promise<void>) =>
  async () => {
    if (configFile === undefined) {
      log.warn({}, 'there is no CONFIG_FILE to read again; other settings need a new start');
      return;
    }
    const read = accountsOf(configFile);
    if (read.ok) {
      accounts.adopt(read);
      log.info({ accounts: read.accounts.length, routes: read.routes.length }, 'CONFIG_FILE was taken over');
      return;
    }
    const { problems } = read;
    log.error({ problems }, 'CONFIG_FILE has mistakes; nothing of it was taken over');
    const at = clock.now();
    const mistakes = createHash('sha256').update(problems.join('\n')).digest('hex').slice(0, 12);
    const id = `notice:config:${Math.floor(at / DAY)}:${mistakes}`;
    await messages
      .notify(id, channel, { is: 'config-broken', problems }, at)
      .catch((error) => log.error({ error: String(error) }, 'the channel could not be told'));
    wake();
  };
