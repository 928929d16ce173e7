import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type Finding, of } from './finding.ts';

const is = of('alert channel');
const CHOOSE = 'Set ALERT_CHANNEL to the id of another one.';

/** Whether cards can be posted to the channel, and stay within the company. */
export async function alertChannel(web: WebClient, id: string): Promise<Finding[]> {
  try {
    const { channel } = await web.conversations.info({ channel: id });
    const name = `#${channel?.name ?? '?'} (${id})`;
    const findings = [
      channel?.is_archived && is.ill(`${name} is archived.`, CHOOSE),
      channel?.is_ext_shared &&
        is.ill(`${name} is shared with another company; alerts must stay at home.`, CHOOSE),
      !channel?.is_member && is.ill(`the bot isn't in ${name}.`, 'Invite it there: /invite @groupwatch.'),
    ].filter((one) => typeof one === 'object');
    return findings.length > 0 ? findings : [is.well(`the bot is in ${name}.`)];
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    return [
      is.ill(
        `Slack does not tell about ${id} (${error.data.error}).`,
        'Check ALERT_CHANNEL, and invite the bot if the channel is private: /invite @groupwatch.',
      ),
    ];
  }
}
