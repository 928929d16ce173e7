import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, COMMAND, INPUT, MODAL } from '../../src/slack/ids.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import type { Random } from './random.ts';
import { CHANNEL, type Stage } from './stage.ts';

/** A press that the program has acknowledged. */
export interface Press {
  by: string;
  alertId: string;
  at: number;
  acked: boolean;
}

/** Somebody who presses whatever is there, until told to end. Adds all that they press to `presses`. */
export async function playPerson(
  stage: Stage,
  person: Person,
  chance: Random,
  presses: Press[],
  ending: AbortSignal,
): Promise<void> {
  while (!ending.aborted) {
    await sleep(chance.between(50, 600), undefined, { signal: ending }).catch(() => undefined);
    const cards = stage.slack
      .messages(CHANNEL)
      .filter(({ text, thread_ts }) => !thread_ts && alertIdOf(text) && !text.includes('held-'));
    if (cards.length === 0) continue;
    const card = chance.chance(0.5) ? chance.pick(cards.slice(-10)) : chance.pick(cards);
    // What is on the screen may have changed under the finger: then there is nothing to press.
    await act(stage, person, chance, card, presses).catch(() => undefined);
  }
}

export const alertIdOf = (text: string): string | undefined => /GW-\w{12}/.exec(text)?.[0];

async function act(
  stage: Stage,
  person: Person,
  chance: Random,
  card: Message,
  presses: Press[],
): Promise<void> {
  const alertId = alertIdOf(card.text) ?? '';
  const press = async (message: Message, action: string, option?: string): Promise<void> => {
    const at = Date.now();
    const { acked, again } = await person.press(message, action, option === undefined ? {} : { option });
    presses.push({ by: person.id, alertId, at, acked });
    if (chance.chance(0.1)) await again();
  };
  const submit = async (callback: string, values: Record<string, string>): Promise<void> => {
    const opened = () => person.view()?.callback_id === callback;
    await stage.slack.until(opened, 'the form', 2_500);
    const at = Date.now();
    const { acked } = await person.submit(values);
    presses.push({ by: person.id, alertId, at, acked });
    if (person.view()) await person.closeView(true);
  };
  const what = {
    acknowledge: 5,
    guide: 2,
    step: 4,
    mine: 2,
    resolve: 3,
    snooze: 1,
    reopen: 1,
    ask: 2,
  };
  switch (chance.weighed(what)) {
    case 'acknowledge':
      return press(card, ACTION.acknowledge);
    case 'guide':
      return press(card, ACTION.openGuide);
    case 'step': {
      const guide = stage.slack
        .thread(CHANNEL, card.ts)
        .find(({ blocks }) => JSON.stringify(blocks).includes(ACTION.guideStep));
      const step = chance.pick(['actor', 'related-alerts', 'owners', 'scope']);
      if (guide)
        await press(
          guide,
          ACTION.guideStep,
          `${chance.pick(['done', 'open', 'not-applicable'])}|${alertId}|${step}`,
        );
      return;
    }
    case 'mine':
      return press(card, ACTION.menu, `assign-me|${alertId}`);
    case 'reopen':
      return press(card, ACTION.menu, `reopen|${alertId}`);
    case 'resolve':
      await press(card, ACTION.menu, `resolve|${alertId}`);
      return submit(MODAL.resolve, { [INPUT.verdict]: 'benign', [INPUT.note]: 'Known to us' });
    case 'snooze':
      await press(card, ACTION.menu, `snooze|${alertId}`);
      return submit(MODAL.snooze, { [INPUT.duration]: '1' });
    case 'ask':
      await person.command(
        CHANNEL,
        COMMAND,
        chance.pick(['status', 'open', `alert ${alertId}`, 'recent', 'nonsense']),
      );
  }
}
