import { isDeepStrictEqual } from 'node:util';
import { ACTION, COMMAND, INPUT, pack } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { playResponse } from './response-act.ts';
import { partners } from './scene-partners.ts';
import { ADDITIONS, SCENES } from './scenes.ts';
import { CHANNEL, type Stage } from './stage.ts';
import { asText } from './transcript.ts';

/** What came of the story, in figures. */
export interface Tally {
  additions: number;
  alerts: number;
  cards: number;
  lost: number;
  duplicates: number;
  refusedClicks: number;
  contained: number;
  restored: number;
  selfApprovals: number;
}

/** Plays the whole story without a person; every act is checked by what people see. Throws when it doesn't come. */
export async function playScript(stage: Stage, say: (line: string) => void): Promise<Tally> {
  const { slack, aws } = stage;
  const { ana, ben, cleo, otto, see, inThread } = partners(stage);
  const cards = (user: string): Message[] =>
    slack.messages(CHANNEL).filter(({ text, thread_ts }) => !thread_ts && text.includes(`added \`${user}\``));

  say('— In AWS: five additions to groups, one of them late and one delivered twice, and a refused attempt');
  for (const { title, play } of Object.values(SCENES)) {
    say(`  AWS      ${title}`);
    play(aws);
  }
  for (const user of Object.keys(ADDITIONS)) await see(() => cards(user)[0], `a card about ${user}`);
  for (const card of slack.messages(CHANNEL)) say(`  #alerts  ${asText(card.text)}`);

  const [card] = cards('mallory');
  if (!card) throw new Error('there is no card about mallory');
  const id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';

  say(
    '— Ana and Ben acknowledge at the same moment; an outsider and a colleague who is no responder try too',
  );
  const pressed = [ana, ben, cleo, otto].map((person) => person.press(card, ACTION.acknowledge));
  await Promise.all(pressed);
  await inThread(card, 'is looking into it');
  const refusals = () => [ana, ben, cleo, otto].flatMap((person) => person.ephemerals());
  await see(() => refusals().length >= 3, 'three refusals');
  for (const refusal of refusals())
    say(`  (only ${slack.person(refusal.ephemeralFor ?? '').name})  ${asText(refusal.text)}`);

  say('— Ana opens the guide and works three steps');
  await ana.press(card, ACTION.openGuide);
  const triage = await inThread(card, 'Triage');
  const last = await inThread(card, 'Response');
  await ana.press(triage, ACTION.guideStep, { option: pack('done', id, 'actor') });
  await ana.press(triage, ACTION.guideStep, { option: pack('not-applicable', id, 'change-approval') });
  await ana.press(last, ACTION.guideStep, { option: pack('done', id, 'mfa') });
  await see(() => JSON.stringify(card.blocks).includes('3 of 16'), 'three of sixteen on the card');

  const refused = refusals().filter(({ text }) => /was faster|🔒/.test(text)).length;
  const response = await playResponse(stage, card, say);

  say('— Ben resolves it with a verdict');
  await ben.press(card, ACTION.menu, { option: pack('resolve', id) });
  await see(() => ben.view(), 'the modal');
  await ben.submit({
    [INPUT.verdict]: 'true-positive',
    [INPUT.note]: 'Stolen key, user disabled for an hour, incident 42',
  });
  await inThread(card, 'resolved it as');
  for (const { text } of slack.thread(CHANNEL, card.ts)) say(`  ↳ ${asText(text)}`);

  await ana.command(CHANNEL, COMMAND, 'recent');
  const answer = await see(
    () => ana.ephemerals().find(({ text }) => text.includes('last 24 hours')),
    'the answer',
  );
  say(`  (only Ana)  ${asText(answer.text)}`);

  const counts = Object.keys(ADDITIONS).map((user) => cards(user).length);
  return {
    additions: counts.length,
    alerts: Number(/: (\d+)$/.exec(answer.text)?.[1] ?? Number.NaN),
    cards: slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts).length,
    lost: counts.filter((count) => count === 0).length,
    duplicates: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    refusedClicks: refused,
    ...response,
  };
}

/** Whether all is as it must be: nothing lost, nothing doubled, and everyone refused who had to be. */
export function isRight(tally: Tally): boolean {
  return isDeepStrictEqual(tally, {
    additions: 5,
    alerts: 5,
    cards: 5,
    lost: 0,
    duplicates: 0,
    refusedClicks: 3,
    contained: 1,
    restored: 1,
    selfApprovals: 0,
  });
}
