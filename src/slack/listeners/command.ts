import { randomUUID } from 'node:crypto';
import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Doer } from '../../ports/audit.ts';
import type { Wanted } from '../../use-cases/look-up/wanted.ts';
import { answerTo, asTyped } from '../answer.ts';
import type { Desk } from '../desk.ts';
import type { Drawn } from '../drawn.ts';
import { COMMAND } from '../ids.ts';
import { commandPayload } from '../payloads.ts';
import { broken } from '../views/refusal.ts';
import { answerLookUp } from './look-up.ts';
import { respondShowing } from './respond-showing.ts';
import { turnAway } from './turn-away.ts';
import { wantedOf } from './wanted.ts';

/** `/groupwatch …`: acks at once, then answers to the person alone. */
export const command =
  (desk: Desk) =>
  async ({ ack, body }: SlackCommandMiddlewareArgs): Promise<void> => {
    await ack();
    const parsed = commandPayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'a command from Slack could not be read');
      return;
    }
    const { user_id: id, user_name: name, team_id: team, enterprise_id: enterpriseId, text } = parsed.data;
    const answer = await answerFor(desk, { by: { id, name, team }, enterpriseId, text });
    const url = body.response_url;
    if ('wanted' in answer) return answerLookUp(desk, answer.wanted, { url, by: id, replaces: false });
    try {
      await respondShowing(url, answer);
    } catch (error) {
      desk.log.warn({ user: id, error: String(error) }, 'an answer to a command did not reach its person');
    }
  };

async function answerFor(
  desk: Desk,
  { by, enterpriseId, text }: { by: Doer; enterpriseId?: string; text: string },
): Promise<Drawn | { text: string } | { wanted: Wanted }> {
  try {
    const denial = await desk.mayRespond({ id: by.id, teamId: by.team, enterpriseId });
    const wanted = wantedOf(asTyped(text));
    if (!denial) return wanted ? { wanted } : await answerTo(desk, text, 0);
    const carries = text.toUpperCase().split(/\s+/);
    return { text: (await turnAway(desk, by, denial, { action: COMMAND, carries })).text };
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    desk.log.error({ reference, user: by.id, error }, 'a command failed');
    return { text: broken(reference).text };
  }
}
