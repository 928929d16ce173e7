import type { HomeView, KnownBlock } from '@slack/types';
import { context, divider, header, section } from '../../blocks.ts';
import { type Mrkdwn, mrkdwn } from '../../text.ts';
import { mine, openAlerts } from './alerts.ts';
import type { HomeOf } from './home-of.ts';
import { numbers } from './numbers.ts';
import { requests } from './requests.ts';
import { watchHealth } from './watch.ts';

/** The Home tab: what waits for this person, what is open, and whether the watch sees. */
export function homeView(of: HomeOf): HomeView {
  const { said } = of;
  const parts: KnownBlock[][] = [
    [...(said ? [section(mrkdwn`💬 ${said}`, { block_id: 'home.said' })] : []), watchHealth(of.status)],
    of.requests ? requests(of.requests, of.linkOf) : [],
    mine(of.mine, of.linkOf),
    openAlerts(of),
    numbers(of.numbers),
  ];
  return {
    type: 'home',
    blocks: [
      header('Groupwatch', 'home.title'),
      ...parts
        .filter((part) => part.length > 0)
        .flatMap((part, n) => (n === 0 ? part : [divider(), ...part])),
      context([mrkdwn`Drawn for you alone, when you open it and after what you do.`], 'home.footer'),
    ],
  };
}

/** What everybody else sees there; approvers who don't respond see what they may decide on. */
export const closedHome = (why: Mrkdwn, asked: HomeOf['requests'], linkOf: HomeOf['linkOf']): HomeView => ({
  type: 'home',
  blocks: [
    header('Groupwatch', 'home.title'),
    section(why, { block_id: 'home.closed' }),
    ...(asked ? requests(asked, linkOf) : []),
  ],
});
