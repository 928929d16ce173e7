import { ACTION, INPUT, MODAL } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { partners, type Say } from './scene-partners.ts';
import type { Stage } from './stage.ts';
import { asText, linesOf } from './transcript.ts';

/** The alert that looked harmless: who seems to have done it is asked, says No, and that calls the responders. */
export async function playQuestion(stage: Stage, card: Message, say: Say): Promise<void> {
  const { ana, cleo, see, inThread, shows, form, takeUpOffer } = partners(stage);
  say('— It looks harmless: low. Ana has Cleo asked, whose session it was');
  await takeUpOffer(ana, card, { phase: 'Triage', step: 'actor' });
  const question = await see(() => cleo.directMessages()[0], 'a direct message to Cleo');
  await shows(question, 'Was that you?');
  for (const line of linesOf(question.blocks).filter(Boolean)) say(`  (to Cleo)  ${asText(line)}`);

  say('— Cleo answers No');
  await cleo.press(question, ACTION.answerNo);
  await form(cleo, MODAL.answer);
  await cleo.submit({ [INPUT.comment]: 'I was on the train, my laptop was shut.' });
  const answer = await inThread(card, 'asked as the actor, answers *No*');
  say(`  ↳ ${asText(answer.text)}`);
  for (const words of ['The score rises from 21 to *51*, low → *high*', '<@U0ANA> <@U0BEN> please look'])
    await see(() => answer.text.includes(words), `“${words}” in the line about Cleo's answer`);
  await shows(card, '*Risk 51 of 100*');
  await shows(card, 'The person asked says it was not them');
  await see(() => card.text.startsWith('High'), 'the card about frank as High');
  say(`  #alerts  ${asText(card.text)}`);
}
