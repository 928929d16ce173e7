import { COMMAND } from '../slack/ids.ts';
import { type Page, servePage } from '../standins/page/serve.ts';
import { SANDBOX_SCENES } from './sandbox-scenes.ts';
import { CAST, CHANNEL, type Stage } from './stage.ts';
import { TOUR } from './tour.ts';

const HINTS = [
  { words: 'open', about: 'alerts that nobody has resolved' },
  { words: 'recent [24h|7d]', about: 'all of the last day or week' },
  { words: 'alert ID', about: 'one alert and its history' },
  { words: 'response ID', about: 'what was asked for an alert, or one request' },
  { words: 'runbook ID', about: 'the commands of a request' },
  { words: 'audit ID', about: 'the record of an alert' },
  { words: 'exceptions [ID]', about: 'known behaviour that raises no alert' },
  { words: 'user NAME', about: 'a user in AWS, and alerts about it' },
  { words: 'group NAME', about: 'a group in AWS, and alerts about it' },
  { words: 'actor NAME', about: 'what somebody did lately, and alerts about it' },
  { words: 'event ID', about: 'the alert of a CloudTrail event' },
  { words: 'rule', about: 'the rule and its guide' },
  { words: 'status', about: 'whether the watch sees' },
  { words: 'help', about: 'all of this' },
] as const;

/** The page on which a person plays the story between the two stand-ins. */
export function openSandbox({ slack, aws }: Stage, port: number): Promise<Page> {
  return servePage({
    slack,
    aws,
    port,
    scenes: SANDBOX_SCENES,
    staging: {
      story:
        'When somebody joins an IAM group in AWS, Groupwatch tells a security team in Slack and lets them work the alert together. On the left is the team’s Slack, on the right their AWS account; both are played on this machine, and the app between them is the real one.',
      first: 'Press “An intruder makes himself administrator” on the right, or take the tour.',
      cast: CAST,
      tour: TOUR,
      channel: CHANNEL,
      command: { name: COMMAND, hints: HINTS },
    },
  });
}
