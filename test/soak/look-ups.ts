import { COMMAND } from '../../src/slack/ids.ts';
import { CHANNEL, type Stage } from '../chaos/stage.ts';

const TIMES = 9;

/** How long people wait for what they ask, in ms: the median of a few of each. */
export async function lookUpTimes(stage: Stage): Promise<Record<string, number>> {
  const { ana, slack } = stage;
  const id = /GW-\w{12}/.exec(slack.messages(CHANNEL).at(-1)?.text ?? '')?.[0] ?? '';
  const found: Record<string, number> = {};
  for (const [what, words] of Object.entries({
    open: 'open',
    recent: 'recent',
    alert: `alert ${id}`,
    audit: `audit ${id}`,
  })) {
    const times: number[] = [];
    for (let n = 0; n < TIMES; n++) {
      const before = ana.ephemerals().length;
      const began = performance.now();
      await ana.command(CHANNEL, COMMAND, words);
      await slack.until(() => ana.ephemerals().length > before, words);
      times.push(performance.now() - began);
    }
    found[what] = Math.round(times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0);
  }
  return found;
}
