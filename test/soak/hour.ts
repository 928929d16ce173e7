import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { ACTION, INPUT, MODAL } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, type Stage } from '../chaos/stage.ts';

/** Longer than any hour takes; a program that stands still is told as such. */
const PATIENCE = 120_000;

/**
 * An hour of an ordinary account: additions spread over it, people who work some of the alerts, a socket that Slack
 * refreshes now and then, a request that nobody answers. It ends when all of that is drawn.
 */
export async function liveThrough(
  stage: Stage,
  { hour, additions }: { hour: number; additions: number },
): Promise<void> {
  const { aws, slack, now } = stage;
  const began = now();
  for (let n = 0; n < additions; n++) {
    const at = new Date(began + (n * HOUR) / additions);
    const user = `user-${hour}-${n}`;
    aws.addUserToGroup({ user, group: `group-${n % 20}`, at });
  }
  if (hour % 5 === 0) slack.faults.disconnect('refresh_requested');
  stage.leap(HOUR);
  await calm(stage, began);
  while (slack.openSockets() < 2) await sleep(100);
  await work(stage, cardsOf(stage, hour));
  await calm(stage, began);
}

const cardsOf = ({ slack }: Stage, hour: number): Message[] =>
  slack.messages(CHANNEL).filter(({ text, thread_ts }) => !thread_ts && text.includes(`\`user-${hour}-`));

/** Acknowledges one, resolves one, opens a guide, snoozes one for an hour, and asks for a containment. */
async function work(stage: Stage, cards: readonly Message[]): Promise<void> {
  const { ana, slack } = stage;
  const [acknowledged, resolved, guided, snoozed, contained] = cards;
  const fill = async (form: string, values: Record<string, string>): Promise<void> => {
    await slack.until(() => ana.view()?.callback_id === form, form);
    await ana.submit(values);
  };
  const choose = (card: Message, choice: string) => {
    const alertId = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
    return ana.press(card, ACTION.menu, { option: `${choice}|${alertId}` });
  };
  if (acknowledged) await ana.press(acknowledged, ACTION.acknowledge);
  if (guided) await ana.press(guided, ACTION.openGuide);
  if (resolved) {
    await choose(resolved, 'resolve');
    await fill(MODAL.resolve, { [INPUT.verdict]: 'benign', [INPUT.note]: 'Known to us' });
  }
  if (snoozed) {
    await choose(snoozed, 'snooze');
    await fill(MODAL.snooze, { [INPUT.duration]: '1' });
  }
  if (contained) {
    await ana.press(contained, ACTION.requestDisablement);
    await fill(MODAL.requestDisablement, { [INPUT.reason]: 'To see how it expires' });
  }
}

/** Waits until a poll has begun after this moment, and nothing is owed any more. */
async function calm(stage: Stage, since: number): Promise<void> {
  const ended = Date.now() + PATIENCE;
  let owed = ['nothing was seen yet'];
  while (owed.length > 0) {
    if (Date.now() > ended) throw new Error(`the program stands still: ${owed.join(', ')}`);
    await sleep(100);
    owed = await owedIn(stage, since);
  }
}

async function owedIn(stage: Stage, since: number): Promise<string[]> {
  const db = stage.peek();
  const polled = await db
    .selectFrom('watch')
    .select('completed_at')
    .where('scan', '=', 'tick')
    .executeTakeFirst();
  const behind = await db
    .selectFrom('message')
    .select('id')
    .whereRef('shown_version', '<', 'wanted_version')
    .limit(1)
    .execute();
  const jobs = await db
    .selectFrom('job')
    .select('id')
    .where('due_at', '<=', stage.now() - MINUTE)
    .limit(1)
    .execute();
  return [
    ...(Number(polled?.completed_at ?? 0) > since + HOUR ? [] : ['a poll']),
    ...behind.map(({ id }) => id),
    ...jobs.map(({ id }) => id),
  ];
}
