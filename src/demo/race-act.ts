import { ACTION } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { partners, type Say } from './scene-partners.ts';
import type { Stage } from './stage.ts';
import { asText } from './transcript.ts';

/** Two press the same button at once, and two who may not: one moves the alert, the others are told why not. How many. */
export async function playRace(stage: Stage, card: Message, say: Say): Promise<number> {
  const { ana, ben, cleo, otto, see, inThread } = partners(stage);
  const all = [ana, ben, cleo, otto];
  say(
    '— Ana and Ben acknowledge at the same moment; an outsider and a colleague who is no responder try too',
  );
  const pressed = all.map((person) => person.press(card, ACTION.acknowledge));
  await Promise.all(pressed);
  await inThread(card, 'is looking into it');
  const refusals = () => all.flatMap((person) => person.ephemerals());
  await see(() => refusals().length >= 3, 'three refusals');
  for (const { ephemeralFor = '', text } of refusals())
    say(`  (only ${stage.slack.person(ephemeralFor).name})  ${asText(text)}`);
  return refusals().filter(({ text }) => /was faster|🔒/u.test(text)).length;
}
