import type { AwsStandIn } from '../aws/account.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import type { SceneCard } from './wire.ts';

/** Something that can go wrong, on purpose. */
export interface Trouble extends SceneCard {
  begin(slack: SlackStandIn, aws: AwsStandIn): void;
}

/** What one can let go wrong on the page. */
export const TROUBLES: readonly Trouble[] = [
  {
    name: 'slack-429',
    title: 'Slack says 429',
    about: 'The next three posts have to wait two seconds each',
    begin: (slack) => slack.faults.rateLimit('chat.postMessage', 3, 2),
  },
  {
    name: 'slack-lost',
    title: 'Slack’s answer gets lost',
    about: 'The next message is posted, and the app never hears that it was',
    begin: (slack) => slack.faults.dropReply('chat.postMessage', 1),
  },
  {
    name: 'slack-cut',
    title: 'Cut the sockets',
    about: 'Clicks fail until the app has reconnected',
    begin: (slack) => slack.faults.cutSockets(),
  },
  {
    name: 'slack-late',
    title: 'Deliver clicks late and twice',
    about: 'The next three clicks reach the app a second later, and twice',
    begin: (slack) => {
      slack.faults.delay(3, 1_000);
      slack.faults.duplicate(3);
    },
  },
  {
    name: 'aws-throttle',
    title: 'AWS throttles',
    about: 'The next five LookupEvents are refused',
    begin: (_, aws) => aws.faults.throttle(5),
  },
  {
    name: 'aws-fail',
    title: 'AWS fails',
    about: 'The next three LookupEvents end in HTTP 500',
    begin: (_, aws) => aws.faults.fail(3, 500),
  },
];
