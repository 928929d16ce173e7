import { spanInWords } from '../../domain/time.ts';
import type { Notice } from '../../ports/messages.ts';
import { section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { channel, code, date, join, type Mrkdwn, mrkdwn, person, prose, upper } from '../text.ts';
import { conditionsLine } from './exception/conditions.ts';

/** What the channel must know: about the watch itself, or what will be an alert again. */
export function notice(about: Notice): Drawn {
  const said = wording(about);
  return { text: said.text, blocks: [section(said)] };
}

function wording(about: Notice): Mrkdwn {
  switch (about.is) {
    case 'seeing':
      return mrkdwn`👁️ *Groupwatch sees ${accountOf(about)} again*, after ${spanInWords(about.at - about.since)}. What happened meanwhile is caught up.`;
    case 'blind':
      return mrkdwn`🙈 *Groupwatch can't watch ${accountOf(about)}* since ${date(about.since)}. ${prose(about.why)}\n*To do:* ${about.remedy} Nothing is lost: it catches up when it sees again.`;
    case 'gap':
      return mrkdwn`🕳️ *Nobody has watched ${accountOf(about)}* from ${date(about.from)} to ${date(about.until)}, and AWS keeps events for 90 days only. If you have a trail, put its files through \`npm run replay\`.`;
    case 'channel-lost':
      return mrkdwn`📪 *Alerts for ${channel(about.channel)} come here*, since Slack takes nothing for it (${code(about.why)}).\n*To do:* put the channel right (unarchive it, invite Groupwatch), or name another one in CONFIG_FILE and send SIGHUP.`;
    case 'config-broken':
      return mrkdwn`📄 *CONFIG_FILE has mistakes*, so nothing of it was taken over; Groupwatch goes on as before:\n${join(
        about.problems.slice(0, MOST_PROBLEMS).map((problem) => mrkdwn`• ${prose(problem, 300)}`),
        '\n',
      )}${more(about.problems.length - MOST_PROBLEMS)}`;
    case 'organization-unlisted':
      return mrkdwn`🗂️ *AWS doesn't list the accounts of the organization.* ${prose(upper(about.why))}.\n*To do:* ${prose(about.remedy)} ${watchedOn(about.watched)} It is tried again.`;
    case 'organization-changed':
      return join(
        [
          mrkdwn`🗂️ *The organization has changed.*`,
          about.added.length > 0 && mrkdwn`*Watched from now on:* ${listed(about.added)}`,
          about.dropped.length > 0 && mrkdwn`*Not watched any more:* ${listed(about.dropped)}`,
        ],
        '\n',
      );
    case 'exception-expires':
      return mrkdwn`⏳ *The exception ${code(about.exceptionId)} ends* ${date(about.expiresAt)}. It has exempted ${about.hits} so far: ${conditionsLine(about.conditions)}.\n${person(about.by)} added it: ${prose(about.reason, 300)}\nAfter that such additions raise alerts again; if they are still known behaviour, make a new exception from the first one.`;
  }
}

function accountOf({ account, name }: { account: string; name?: string }): Mrkdwn {
  if (name !== undefined) return mrkdwn`the account ${name} (${code(account)})`;
  return account === 'unknown' ? mrkdwn`the AWS account` : mrkdwn`the account ${code(account)}`;
}

const watchedOn = (count: number): string =>
  count === 0
    ? 'Until it does, no account is watched; what happens meanwhile is caught up.'
    : `Until it does, the accounts that are watched stay the same ${count}.`;

/** Names of accounts, as many as a channel wants to read. */
function listed(all: readonly string[]): Mrkdwn {
  const shown = all.slice(0, MOST_ACCOUNTS).map((one) => code(one, 80));
  const left = all.length - shown.length;
  return mrkdwn`${join(shown, ', ')}${left > 0 ? `, and ${left} more` : ''}`;
}

const MOST_ACCOUNTS = 20;
const MOST_PROBLEMS = 5;
const more = (count: number): Mrkdwn => (count > 0 ? mrkdwn`\n…and ${count} more.` : mrkdwn``);
