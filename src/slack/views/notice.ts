import { spanInWords } from '../../domain/time.ts';
import type { Notice } from '../../ports.ts';
import { section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { code, date, type Mrkdwn, mrkdwn, prose } from '../text.ts';

/** What the channel must know about the watch itself. */
export function notice(about: Notice): Drawn {
  const said = wording(about);
  return { text: said.text, blocks: [section(said)] };
}

function wording(about: Notice): Mrkdwn {
  const account =
    about.account === 'unknown' ? mrkdwn`the AWS account` : mrkdwn`the account ${code(about.account)}`;
  if (about.is === 'seeing') {
    return mrkdwn`👁️ *Groupwatch sees ${account} again*, after ${spanInWords(about.at - about.since)}. What happened meanwhile is caught up.`;
  }
  if (about.is === 'gap') {
    return mrkdwn`🕳️ *Nobody has watched ${account}* from ${date(about.from)} to ${date(about.until)}, and AWS keeps events for 90 days only. If you have a trail, put its files through \`npm run replay\`.`;
  }
  return mrkdwn`🙈 *Groupwatch can't watch ${account}* since ${date(about.since)}. ${prose(about.why)}\n*To do:* ${about.remedy} Nothing is lost: it catches up when it sees again.`;
}
