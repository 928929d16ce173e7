import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, HOUR } from '../domain/time.ts';
import { INPUT, MODAL } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { idOn, isShown, partners, type Say } from './scene-partners.ts';
import { pipelineRuns } from './scenes.ts';
import { CHANNEL, type Stage } from './stage.ts';
import { asText, linesOf } from './transcript.ts';

/** Who is added while the exception holds, and who once it is over. */
export const EXEMPTED = 'deployer-2';
export const ALERTED_AGAIN = 'deployer-3';

/** Known behaviour is exempted, holds, is counted, and ends by the clock. How many additions it has exempted. */
export async function playException(stage: Stage, card: Message, say: Say): Promise<number> {
  const { slack, aws } = stage;
  const { ana, see, cardsOf, cardOf, inThread, shows, form, takeUpOffer, ask } = partners(stage);
  say('— The pipeline is known: Ana adds an exception for its role and its group, for 30 days');
  await takeUpOffer(ana, card, { phase: 'False positive', step: 'intended-use' });
  await form(ana, MODAL.exception);
  await ana.submit({ [INPUT.reason]: 'The pipeline adds its own users.', [INPUT.expiry]: '30' });
  const preview = await form(ana, MODAL.exceptionPreview);
  const named = linesOf(preview.blocks).filter(Boolean);
  for (const line of named) say(`  (preview)  ${asText(line)}`);
  for (const words of ['It would have hidden *1* of the alerts', idOn(card), '`deployer`'])
    await see(() => isShown(preview, words), `“${words}” in the preview`);
  await ana.submit();
  const exception = await inThread(card, 'exempts actor `assumed-role/ci-deploy` *and* group `ci`');
  await shows(exception, '*In force*');
  const id = /EX-\w{10}/.exec(exception.text)?.[0] ?? '';

  say('— The pipeline runs again: no alert, but counted and listed');
  pipelineRuns(aws, { user: EXEMPTED, run: 4712 });
  const exempted = await holds(id);

  say('— A week before its end the channel is told; when it is over, the same is an alert again');
  stage.later(23 * DAY + HOUR);
  const notice = await see(
    () => slack.messages(CHANNEL).find(({ text }) => text.includes('*The exception')),
    'the notice that the exception ends soon',
  );
  say(`  #alerts  ${asText(notice.text)}`);
  stage.later(7 * DAY);
  const over = await inThread(card, 'is over: such additions raise alerts again');
  say(`  ↳ ${asText(over.text)}`);
  pipelineRuns(aws, { user: ALERTED_AGAIN, run: 4713 });
  const again = await cardOf(ALERTED_AGAIN);
  await shows(again, 'of 100*');
  say(`  #alerts  ${asText(again.text)}`);
  if (cardsOf(EXEMPTED).length > 0) throw new Error(`${EXEMPTED} was exempted and has a card all the same`);
  return exempted;

  /** Asks until it is counted: the poll may not have come by yet. */
  async function holds(exceptionId: string): Promise<number> {
    for (let tries = 0; tries < 50; tries++) {
      const answer = await ask(ana, `exceptions ${exceptionId}`, '*It has exempted*');
      if (isShown(answer, `\`${EXEMPTED}\``)) {
        for (const line of linesOf(answer.blocks).filter(Boolean)) say(`  (only Ana)  ${asText(line)}`);
        return Number(/\*It has exempted\* (\d+)/.exec(JSON.stringify(answer.blocks))?.[1]);
      }
      await sleep(500);
    }
    throw new Error(`The addition of ${EXEMPTED} was not counted by the exception`);
  }
}
