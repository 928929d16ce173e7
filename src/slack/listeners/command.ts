import { randomUUID } from 'node:crypto';
import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { answerTo } from '../answer.ts';
import type { Desk } from '../desk.ts';
import type { Drawn } from '../drawn.ts';
import { commandPayload } from '../payloads.ts';
import { broken, notAllowed } from '../views/refusal.ts';
import { respond } from './tell.ts';

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
    const { user_id: id, team_id: teamId, enterprise_id: enterpriseId, text } = parsed.data;
    const answer = await answerFor(desk, { id, teamId, enterpriseId }, text);
    try {
      await respond(body.response_url, { response_type: 'ephemeral', ...answer });
    } catch (error) {
      desk.log.warn({ user: id, error: String(error) }, 'an answer to a command did not reach its person');
    }
  };

async function answerFor(
  desk: Desk,
  person: { id: string; teamId: string; enterpriseId?: string },
  text: string,
): Promise<Drawn | { text: string }> {
  try {
    const denial = await desk.mayRespond(person);
    if (!denial) return await answerTo(desk, text, 0);
    desk.log.warn({ user: person.id, team: person.teamId, denial }, 'refused a command');
    return { text: notAllowed(denial).text };
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    desk.log.error({ reference, user: person.id, error }, 'a command failed');
    return { text: broken(reference).text };
  }
}
