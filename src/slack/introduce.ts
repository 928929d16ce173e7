import { WebAPIPlatformError, type WebClient } from '@slack/web-api';

/** Who we are in Slack, as auth.test tells. */
export interface Workspace {
  teamId: string;
  enterpriseId?: string;
  botUserId: string;
  url: string;
}

/** A mistake that a person must mend before Groupwatch can start; the message says how. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
}

const SCOPES = [
  'chat:write',
  'commands',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'channels:read',
  'channels:history',
  'files:write',
  'im:write',
  'im:history',
] as const;
/** What private alert channels need besides. */
const PRIVATE_SCOPES = ['groups:read', 'groups:history'] as const;
/** Every bot scope that the manifest asks for. */
export const BOT_SCOPES: readonly string[] = [...SCOPES, ...PRIVATE_SCOPES];

/** Checks token, scopes and the alert channel; throws a SetupProblem with what to do about the first that is wrong. */
export async function introduce(web: WebClient, channel: string): Promise<Workspace> {
  const me = await web.auth.test().catch(notIntroduced);
  const granted = me.response_metadata?.scopes;
  const missing = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  if (missing.length > 0) {
    throw new SetupProblem(
      `The Slack app lacks the bot scopes ${missing.join(', ')}: update it from manifest.yml and install it again.`,
    );
  }
  await checkChannel(web, channel);
  if (!me.team_id || !me.user_id) throw new SetupProblem('Slack did not tell whose bot token this is.');
  return {
    teamId: me.team_id,
    enterpriseId: me.enterprise_id,
    botUserId: me.user_id,
    url: me.url ?? 'https://slack.com/',
  };
}

async function checkChannel(web: WebClient, channel: string): Promise<void> {
  const info = await web.conversations.info({ channel }).catch((error) => {
    const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
    if (code === 'channel_not_found') {
      throw new SetupProblem(
        `Slack knows no channel ${channel} that the bot may see: check ALERT_CHANNEL, and invite the bot if the channel is private.`,
      );
    }
    throw new SetupProblem(`Slack does not tell about the channel ${channel}: ${String(error)}`, {
      cause: error,
    });
  });
  if (info.channel?.is_archived)
    throw new SetupProblem(`The channel ${channel} is archived: choose another one.`);
  if (info.channel?.is_ext_shared) {
    throw new SetupProblem(
      `The channel ${channel} is shared with another company: alerts must stay at home.`,
    );
  }
  if (!info.channel?.is_member) {
    throw new SetupProblem(
      `The bot isn't in the channel ${channel}: invite it there with /invite @groupwatch.`,
    );
  }
}

/** Slack's own trouble: the token may be right. */
const PASSING = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'];

/** Throws a SetupProblem that says what auth.test came to. */
export function notIntroduced(error: unknown): never {
  throw new SetupProblem(tokenTrouble(error), { cause: error });
}

function tokenTrouble(error: unknown): string {
  const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
  if (code !== undefined && PASSING.includes(code))
    return `Slack does not say whose bot token this is (${code}): start Groupwatch again.`;
  if (code === undefined) return `Slack can't be reached: ${String(error)}`;
  return `Slack does not accept SLACK_BOT_TOKEN (${code}): copy the "Bot User OAuth Token" of your installed app again.`;
}
