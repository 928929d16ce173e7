import { text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { APP_ID, BOT_USER, type State } from '../state.ts';
import type { Json, Member } from '../types.ts';
import type { Method } from './method.ts';

const asUser = (member: Member, { teamId }: State): Json => ({
  id: member.id,
  name: member.name.toLowerCase(),
  real_name: member.name,
  team_id: member.teamId ?? teamId,
  tz: member.tz ?? 'UTC',
  deleted: member.deleted ?? false,
  is_bot: member.isBot ?? false,
  is_restricted: member.isRestricted ?? false,
  is_ultra_restricted: member.isUltraRestricted ?? false,
  ...(member.isStranger && { is_stranger: true }),
  profile: { email: member.email, real_name: member.name, display_name: member.name },
});

function userInfo(args: Json, state: State): Json {
  const member = state.members.get(text(args.user));
  if (!member) throw new Refusal('user_not_found');
  return { user: asUser(member, state) };
}

/** As in Slack: without regard to case, and not those who left. */
function lookupByEmail(args: Json, state: State): Json {
  const email = text(args.email).toLowerCase();
  const found = [...state.members.values()].find((one) => !one.deleted && one.email?.toLowerCase() === email);
  if (!email || !found) throw new Refusal('users_not_found');
  return { user: asUser(found, state) };
}

function groupUsers(args: Json, state: State): Json {
  const group = state.groups.get(text(args.usergroup));
  if (!group) throw new Refusal('no_such_subteam');
  return { users: group.users };
}

const authTest = (_: Json, { teamId }: State): Json => ({
  url: 'https://standin.slack.com/',
  team: 'Stand-in',
  user: 'groupwatch',
  team_id: teamId,
  user_id: BOT_USER,
  bot_id: 'B0BOT',
  app_id: APP_ID,
  is_enterprise_install: false,
});

export const people: Record<string, Method> = {
  'auth.test': { answer: authTest },
  'users.info': { scope: 'users:read', answer: userInfo },
  'users.lookupByEmail': { scope: 'users:read.email', answer: lookupByEmail },
  'usergroups.users.list': { scope: 'usergroups:read', answer: groupUsers },
};
