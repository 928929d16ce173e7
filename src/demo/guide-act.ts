import { ACTION, pack } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { idOn, isShown, partners, type Say } from './scene-partners.ts';
import type { Stage } from './stage.ts';
import { asText, linesOf } from './transcript.ts';

/** The steps to which a machine can know nothing, and people write down what they know. */
const LEFT_TO_PEOPLE = 3;
const STEPS = 16;

/** The guide answers itself, and people mark what they have looked at. How many steps have the bot's answer. */
export async function playGuide(stage: Stage, card: Message, say: Say): Promise<number> {
  const { ana, see, inThread } = partners(stage);
  const id = idOn(card);
  say('— Ana opens the guide, lets it fetch its answers, and works three steps');
  await ana.press(card, ACTION.openGuide);
  const triage = await inThread(card, 'Triage');
  const phases = [triage, await inThread(card, 'False positive'), await inThread(card, 'Response')];
  const [, , last = triage] = phases;
  for (const phase of phases) await ana.press(phase, ACTION.fetchAnswers);
  const answers = (): string[] => phases.flatMap(answersIn);
  await see(() => answers().length >= STEPS - LEFT_TO_PEOPLE, 'an answer to thirteen steps of the guide');
  for (const answer of answers()) say(`  guide    ${answer}`);

  await ana.press(triage, ACTION.guideStep, { option: pack('done', id, 'actor') });
  await ana.press(triage, ACTION.guideStep, { option: pack('not-applicable', id, 'change-approval') });
  await ana.press(last, ACTION.guideStep, { option: pack('done', id, 'mfa') });
  await see(() => isShown(card, '3 of 16'), 'three of sixteen on the card');
  return answers().length;
}

/** Each step that has an answer, with the answer's first line. */
function answersIn({ blocks }: Message): string[] {
  return blocks.flatMap((block) => {
    const [step = '', , answer = ''] = linesOf([block]);
    const title = /\*([^*]+)\*/.exec(step)?.[1];
    return title && isShown({ blocks: [block] }, '_as of <!date') ? [`${title}: ${asText(answer)}`] : [];
  });
}
