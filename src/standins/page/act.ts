import { z } from 'zod';
import type { AwsStandIn } from '../aws/account.ts';
import { problemsOf } from '../slack/form.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import { sees } from './seen.ts';
import { TROUBLES } from './troubles.ts';
import type { Answer } from './wire.ts';

const filled = z.union([z.string(), z.array(z.string())]);
const choice = z.object({
  option: z.string().optional(),
  options: z.array(z.string()).optional(),
  user: z.string().optional(),
  users: z.array(z.string()).optional(),
  input: z.string().optional(),
  blockId: z.string().optional(),
});
const values = z.record(z.string(), filled);
const as = z.string();

/** What a person does on the page. */
export const act = z.discriminatedUnion('do', [
  z.object({ do: z.literal('press'), as, channel: z.string(), ts: z.string(), action: z.string(), choice }),
  z.object({ do: z.literal('press-in-view'), as, viewId: z.string(), action: z.string(), choice, values }),
  z.object({ do: z.literal('submit'), as, viewId: z.string(), values }),
  z.object({ do: z.literal('close'), as, all: z.boolean() }),
  z.object({ do: z.literal('command'), as, channel: z.string(), command: z.string(), text: z.string() }),
  z.object({ do: z.literal('open-home'), as, tab: z.enum(['home', 'messages']) }),
  z.object({ do: z.literal('scene'), scene: z.string() }),
  z.object({ do: z.literal('trouble'), trouble: z.string() }),
]);
export type Act = z.infer<typeof act>;

/** What acts work on. */
export interface Played {
  slack: SlackStandIn;
  aws: AwsStandIn;
  scenes: Record<string, { play(aws: AwsStandIn): void }>;
}

const LATE = { ok: false, trouble: "The app didn't answer in time. In Slack you would see a warning sign." };
const GONE = { ok: false, trouble: 'This is no longer there.' };

/** Does it with the stand-ins, as the person. Never speaks to the app but as Slack would. */
export async function perform(one: Act, { slack, aws, scenes }: Played): Promise<Answer> {
  if (one.do === 'scene') {
    scenes[one.scene]?.play(aws);
    return scenes[one.scene] ? { ok: true } : GONE;
  }
  if (one.do === 'trouble') {
    const trouble = TROUBLES.find(({ name }) => name === one.trouble);
    trouble?.begin(slack, aws);
    return trouble ? { ok: true } : GONE;
  }
  const person = slack.person(one.as);
  switch (one.do) {
    case 'press': {
      const message = slack.message(one.channel, one.ts);
      if (!message || !sees(slack, one.as, message)) return GONE;
      return heard(await person.press(message, one.action, one.choice));
    }
    case 'press-in-view': {
      const view = person.view() ?? person.home();
      if (view?.id !== one.viewId) return GONE;
      return heard(await person.pressInView(one.action, one.choice, one.values));
    }
    case 'submit': {
      const view = person.view();
      if (view?.id !== one.viewId) return GONE;
      const problems = problemsOf(view, one.values);
      const wrong = Object.entries(problems).map(([block, what]) => [block, `This ${what}.`]);
      if (wrong.length > 0) return { ok: false, problems: Object.fromEntries(wrong) };
      return heard(await person.submit(one.values));
    }
    case 'close':
      await person.closeView(one.all);
      return { ok: true };
    case 'command':
      return heard(await person.command(one.channel, one.command, one.text));
    case 'open-home':
      return heard(await person.openHome(one.tab));
  }
}

const heard = ({ acked }: { acked: boolean }): Answer => (acked ? { ok: true } : LATE);
