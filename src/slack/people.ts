import type { WebClient } from '@slack/web-api';
import type { UserId } from '../domain/person.ts';
import { MINUTE } from '../domain/time.ts';
import type { Clock, Log } from '../ports.ts';
import { remember } from './remember.ts';

/** Who pressed, as Slack verified it. */
export interface Presser {
  id: UserId;
  teamId?: string;
  enterpriseId?: string;
}

export type Denial =
  | 'other-workspace'
  | 'guest'
  | 'bot'
  | 'stranger'
  | 'deactivated'
  | 'not-a-responder'
  | 'unknown';

/** Says why a person may not act; nothing when they may. */
export type MayRespond = (person: Presser) => Promise<Denial | undefined>;

interface Needs {
  web: WebClient;
  workspace: { teamId: string; enterpriseId?: string };
  /** User ids and user group ids; when empty, every member of the alert channel may act. */
  responders: readonly string[];
  channel: string;
  clock: Clock;
  log: Log;
}

/**
 * A button is shown to everyone in the channel, and Slack checks nobody: outsiders of a shared channel, guests and
 * bots can press it too. When Slack can't tell who somebody is, they may not act.
 */
export function mayRespond({ web, workspace, responders, channel, clock, log }: Needs): MayRespond {
  const profile = remember(
    clock,
    5 * MINUTE,
    async (id: string) => (await web.users.info({ user: id })).user,
  );
  const group = remember(clock, 2 * MINUTE, async (id: string) => {
    return new Set((await web.usergroups.users.list({ usergroup: id })).users ?? []);
  });
  const members = remember(clock, 2 * MINUTE, (id: string) => membersOf(web, id));

  async function listed(id: UserId): Promise<boolean> {
    if (responders.length === 0) return (await members(channel)).has(id);
    if (responders.includes(id)) return true;
    for (const groupId of responders.filter((entry) => entry.startsWith('S'))) {
      if ((await group(groupId)).has(id)) return true;
    }
    return false;
  }

  return async (person) => {
    const { teamId, enterpriseId } = workspace;
    const sameEnterprise = enterpriseId !== undefined && person.enterpriseId === enterpriseId;
    if (person.teamId !== teamId && !sameEnterprise) return 'other-workspace';
    try {
      const user = await profile(person.id);
      if (!user) return 'unknown';
      if (user.team_id !== undefined && user.team_id !== teamId && !sameEnterprise) return 'other-workspace';
      if (user.deleted) return 'deactivated';
      if (user.is_bot) return 'bot';
      if (user.is_stranger) return 'stranger';
      if (user.is_restricted || user.is_ultra_restricted) return 'guest';
      return (await listed(person.id)) ? undefined : 'not-a-responder';
    } catch (error) {
      log.warn(
        { user: person.id, error: String(error) },
        'Slack did not tell who somebody is; they may not act',
      );
      return 'unknown';
    }
  };
}

async function membersOf(web: WebClient, channel: string): Promise<Set<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await web.conversations.members({ channel, limit: 1000, cursor });
    for (const member of page.members ?? []) members.add(member);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return members;
}
