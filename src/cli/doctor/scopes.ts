import { BOT_SCOPES } from '../../slack/introduce.ts';
import { type Finding, of } from './finding.ts';

const INSTALL = 'Bring the app in line with manifest.yml at api.slack.com/apps, and install it again.';

/** The scopes that Slack names at every answer (x-oauth-scopes), against those that the program uses. */
export function scopes(granted: readonly string[] | undefined): Finding {
  const is = of('Slack scopes');
  if (!granted) return is.unchecked('Slack has not told which scopes the token has.');
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  const needless = granted.filter((scope) => !BOT_SCOPES.includes(scope));
  const tooMany = needless.length > 0 ? `; needless: ${needless.join(', ')}` : '';
  if (missing.length > 0) return is.ill(`missing: ${missing.join(', ')}${tooMany}.`, INSTALL);
  if (needless.length > 0)
    return is.odd(`needless: ${needless.join(', ')}. A stolen token could do more with them.`, INSTALL);
  return is.well(`all ${BOT_SCOPES.length} that are needed, and no other.`);
}
