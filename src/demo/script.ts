import { ACTION, INPUT, MODAL, pack } from '../slack/ids.ts';
import type { Message } from '../standins/slack/types.ts';
import { playAdditions } from './additions-act.ts';
import { ALERTED_AGAIN, EXEMPTED, playException } from './exception-act.ts';
import { playGuide } from './guide-act.ts';
import { playQuestion } from './question-act.ts';
import { playRace } from './race-act.ts';
import { playResponse } from './response-act.ts';
import { idOn, partners, type Say } from './scene-partners.ts';
import { ADDED } from './scenes.ts';
import { CHANNEL, type Stage } from './stage.ts';
import type { Tally } from './tally.ts';
import { asText } from './transcript.ts';

/** Plays the whole story without a person; every act is checked by what people see. Throws when it doesn't come. */
export async function playScript(stage: Stage, say: Say): Promise<Tally> {
  const { slack } = stage;
  const { cardOf, cardsOf } = partners(stage);
  await playAdditions(stage, say);
  const card = await cardOf('mallory');
  const refusedClicks = await playRace(stage, card, say);
  const answers = await playGuide(stage, card, say);
  const response = await playResponse(stage, card, say);
  await playVerdict(stage, card, say);
  await playQuestion(stage, await cardOf('frank'), say);
  const before = await alertsOfToday(stage, say);
  const exempted = await playException(stage, await cardOf('deployer'), say);
  const after = await alertsOfToday(stage, say);

  const counts = [...ADDED, ALERTED_AGAIN].map((user) => cardsOf(user).length);
  return {
    additions: counts.length,
    alerts: before + after,
    cards: slack.messages(CHANNEL).filter((one) => !one.thread_ts && idOn(one) !== '').length,
    lost: counts.filter((count) => count === 0).length,
    duplicates: counts.reduce((sum, count) => sum + Math.max(0, count - 1), cardsOf(EXEMPTED).length),
    refusedClicks,
    answers,
    ...response,
    exempted,
  };
}

async function playVerdict(stage: Stage, card: Message, say: Say): Promise<void> {
  const { ben, inThread, form } = partners(stage);
  say('— Ben resolves it with a verdict');
  await ben.press(card, ACTION.menu, { option: pack('resolve', idOn(card)) });
  await form(ben, MODAL.resolve);
  await ben.submit({
    [INPUT.verdict]: 'true-positive',
    [INPUT.note]: 'Stolen key, user disabled for an hour, incident 42',
  });
  await inThread(card, 'resolved it as');
  for (const { text, files } of stage.slack.thread(CHANNEL, card.ts))
    say(`  ↳ ${asText(text) || `🖼️ ${stage.slack.file(files?.[0] ?? '')?.altText ?? ''}`}`);
}

/** How many the slash command says there are. */
async function alertsOfToday(stage: Stage, say: Say): Promise<number> {
  const { ana, ask } = partners(stage);
  const { text } = await ask(ana, 'recent', 'last 24 hours');
  say(`  (only Ana)  ${asText(text)}`);
  return Number(/: (\d+)$/.exec(text)?.[1]);
}
