import { context, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { COMMAND } from '../../ids.ts';
import { code, join, mrkdwn } from '../../text.ts';

const LINES: [string, string][] = [
  ['open', 'alerts that nobody has resolved'],
  ['recent [24h|7d]', 'alerts of the last day or week'],
  ['alert ID', 'one alert with its history'],
  ['audit ID', 'all that is on record about an alert: who, what, when'],
  ['response ID', 'the responses to an alert, or one of them'],
  ['runbook ID', 'the commands of a response, all of them'],
  ['exceptions [ID]', 'known behaviour that raises no alert; one with what it has exempted'],
  ['user NAME [ACCOUNT]', 'a user: rights, groups, credentials, and our alerts'],
  ['group NAME [ACCOUNT]', 'a group: what it grants, who is in it, and our alerts'],
  ['actor NAME|ARN|KEY [24h|48h|7d|90d] [ACCOUNT]', 'what somebody did lately, and our alerts'],
  ['event EVENT_ID [ACCOUNT]', 'an event of CloudTrail, and its alert'],
  ['rule', 'the rule, and where it comes from'],
  ['stats [7d|30d|90d]', 'how long everything took, and how it was judged, with charts'],
  ['status', 'what is watched, and how far'],
  ['help', 'this'],
];

/** What the command can do; also the answer to a word it doesn't know. */
export function helpAnswer(unknown?: string): Drawn {
  const intro = unknown
    ? mrkdwn`${code(unknown, 40)} isn't something that Groupwatch knows. It knows:`
    : mrkdwn`What Groupwatch can tell:`;
  const lines = LINES.map(([words, meaning]) => mrkdwn`${code(`${COMMAND} ${words}`)} ${meaning}`);
  return {
    text: intro.text,
    blocks: [section(join([intro, ...lines], '\n')), context([mrkdwn`Answers are for you alone.`])],
  };
}
