import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Settings } from '../../config.ts';
import { type Finding, of } from './finding.ts';

const CHOOSE = 'Choose another one.';

/** Whether cards can be posted to each channel, and stay within the company; without the first nothing works. */
export async function alertChannels(
  web: WebClient,
  { channel, accounts, routes }: Settings,
): Promise<Finding[]> {
  const others = [
    ...accounts.flatMap((account) => account.channel ?? []),
    ...routes.map((route) => route.channel),
  ].filter((id) => id !== channel);
  const findings = await alertChannel(web, channel);
  for (const id of new Set(others)) {
    for (const one of await alertChannel(web, id)) {
      const odd = { ...one, is: 'odd', says: `${one.says} Its alerts come to ALERT_CHANNEL.` } as const;
      findings.push(one.is === 'ill' ? odd : one);
    }
  }
  return findings;
}

async function alertChannel(web: WebClient, id: string): Promise<Finding[]> {
  const is = of('alert channel');
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
        'Check the id, and invite the bot if the channel is private: /invite @groupwatch.',
      ),
    ];
  }
}
