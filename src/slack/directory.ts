import type { UsersInfoResponse, WebClient } from '@slack/web-api';
import type { Clock } from '../ports/clock.ts';
import { remember } from './remember.ts';

export type Profile = NonNullable<UsersInfoResponse['user']>;

/** Who is who in Slack, remembered for a while. Rejects when Slack can't tell. */
export interface Directory {
  profile(id: string): Promise<Profile | undefined>;
  userGroup(id: string): Promise<Set<string>>;
  channelMembers(id: string): Promise<Set<string>>;
}

/** Each answer is kept for so many milliseconds: long for what is asked at every click, short for what matters more. */
export function directory(
  web: WebClient,
  clock: Clock,
  { profileMs, membersMs }: { profileMs: number; membersMs: number },
): Directory {
  return {
    profile: remember(clock, profileMs, async (user) => (await web.users.info({ user })).user),
    userGroup: remember(clock, membersMs, async (usergroup) => {
      return new Set((await web.usergroups.users.list({ usergroup })).users ?? []);
    }),
    channelMembers: remember(clock, membersMs, (channel) => membersOf(web, channel)),
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
