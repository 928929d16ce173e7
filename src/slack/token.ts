import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { MINUTE } from '../domain/time.ts';
import type { Log } from '../ports/log.ts';
import { type Loop, loop } from '../work/loop.ts';

/** What Slack says to a token that nothing but a new one helps. Source: docs.slack.dev/reference/methods/auth.test */
const DEAD = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/** Slack's word for why a token is dead; nothing for every other trouble, which may pass. */
export function deathOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError && DEAD.has(error.data.error) ? error.data.error : undefined;
}

/** Why the program must end, and what a person can do about it. */
export const deadToken = (name: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', death: string): string =>
  `Slack does not accept ${name} any more (${death}): is the app still installed? Copy its token again and start anew.`;

/** Asks Slack now and then whether the bot token still lives, since nothing else may be sent for days. */
export function tokenWatch(web: WebClient, log: Log, dead: (death: string) => void): Loop {
  return loop({
    name: 'asking Slack about the bot token',
    log,
    async round() {
      // Any other trouble passes, and who really wants something of Slack tells of it.
      await web.auth.test().catch((error) => {
        const death = deathOf(error);
        if (death) dead(death);
      });
      return 5 * MINUTE;
    },
  });
}
