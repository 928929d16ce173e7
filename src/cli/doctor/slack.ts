import { WebAPIPlatformError } from '@slack/web-api';
import type { Settings } from '../../config.ts';
import type { Clock } from '../../ports/clock.ts';
import { alertChannels } from './channel.ts';
import { clock } from './clock.ts';
import { escalation } from './escalation.ts';
import { attempt, type Finding, of, words } from './finding.ts';
import { approvers, owners, responders } from './listed-people.ts';
import { scopes } from './scopes.ts';
import { type SlackClients, slackClients } from './slack-clients.ts';
import { socketMode } from './socket-mode.ts';

const TOKEN = 'Slack bot token';

/** Everything that Slack can tell. Without a token that works, only whether Socket Mode does. */
export async function slack(settings: Settings, now: Clock): Promise<Finding[]> {
  const clients = slackClients(settings, now);
  const token = await attempt(TOKEN, () => ofToken(settings, clients));
  const socket = await attempt('Socket Mode', async () => [await socketMode(settings.delivery, clients)]);
  return [...token, clock('Slack', clients.skew()), ...socket];
}

async function ofToken(settings: Settings, { bot }: SlackClients): Promise<Finding[]> {
  const is = of(TOKEN);
  try {
    const me = await bot.auth.test();
    if (!me.team_id) return [is.ill('Slack did not tell whose token this is.', 'Copy the token again.')];
    const workspace = { teamId: me.team_id, enterpriseId: me.enterprise_id };
    const channel = await attempt('alert channel', () => alertChannels(bot, settings));
    const listed = await Promise.all([
      attempt('responders', () => responders(bot, settings, workspace)),
      attempt('approvers', () => approvers(bot, settings, workspace)),
      attempt('owners', () => owners(bot, settings, workspace)),
      attempt('escalation', () => escalation(bot, settings, workspace)),
    ]);
    return [
      is.well(`${me.user} of ${me.team} (${me.url}).`),
      scopes(me.response_metadata?.scopes),
      ...channel,
      ...listed.flat(),
    ];
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      return [
        is.ill(
          `Slack does not accept SLACK_BOT_TOKEN (${error.data.error}).`,
          'Copy the "Bot User OAuth Token" of your installed app again.',
        ),
      ];
    }
    return [
      is.ill(
        `Slack can't be reached: ${words(error)}.`,
        'Check the network, a proxy, and SLACK_API_URL if it is set.',
      ),
    ];
  }
}
