import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Settings } from '../../config.ts';
import { directory } from '../../slack/directory.ts';
import { type Denial, denialByProfile } from '../../slack/people.ts';
import { type Finding, of } from './finding.ts';

interface Workspace {
  teamId: string;
  enterpriseId?: string;
}

/** More are not asked about one by one: Slack answers a hundred such questions a minute. */
const MOST = 200;

/** Whether those whom RESPONDERS names are people who may act. */
export async function responders(
  web: WebClient,
  { responders: listed, channel }: Settings,
  workspace: Workspace,
): Promise<Finding[]> {
  const is = of('responders');
  if (listed.length === 0) {
    const members = await direct(web).channelMembers(channel);
    return [is.well(`every member of the alert channel may act, ${members.size} now, guests excepted.`)];
  }
  const { able, troubles } = await lookUp(web, listed, workspace);
  if (able.length === 0) return [is.ill(`nobody can act: ${troubles.join('; ')}.`, 'Mend RESPONDERS.')];
  if (troubles.length > 0) return [is.odd(`${troubles.join('; ')}.`, 'Mend RESPONDERS or the user group.')];
  return [is.well(`${able.length} can act.`)];
}

/** Whether two people or more could approve: who asks can't approve their own request. */
export async function approvers(
  web: WebClient,
  { approvers: listed, response }: Settings,
  workspace: Workspace,
): Promise<Finding[]> {
  const is = of('approvers');
  const executes = response.mode === 'execute';
  if (listed.length === 0) {
    return executes
      ? [is.ill('nobody can approve, so nothing is ever executed.', 'Set APPROVERS.')]
      : [is.unchecked('APPROVERS is empty: requests are recorded, and nobody is asked.')];
  }
  const { able, troubles } = await lookUp(web, listed, workspace);
  if (able.length === 0) return [is.ill(`nobody can approve: ${troubles.join('; ')}.`, 'Mend APPROVERS.')];
  const few =
    able.length === 1 ? [`only ${able[0]} can approve, and nobody approves a request of their own`] : [];
  const odd = [...few, ...troubles];
  if (odd.length > 0) return [is.odd(`${odd.join('; ')}.`, 'Mend APPROVERS or the user group.')];
  return [is.well(`${able.length} can approve.`)];
}

const direct = (web: WebClient) => directory(web, { now: Date.now }, { profileMs: 0, membersMs: 0 });

/** Everybody on the list by name or by a group: who may act, and what is wrong with the others. */
async function lookUp(
  web: WebClient,
  listed: readonly string[],
  workspace: Workspace,
): Promise<{ able: string[]; troubles: string[] }> {
  const { profile, userGroup } = direct(web);
  const troubles: string[] = [];
  const people = new Set<string>();
  for (const id of listed) {
    const members = id.startsWith('S') ? await orTrouble(userGroup(id)) : new Set([id]);
    if (typeof members === 'string') troubles.push(`the user group ${id} can't be read (${members})`);
    else if (members.size === 0) troubles.push(`the user group ${id} is empty`);
    else for (const member of members) people.add(member);
  }
  const able: string[] = [];
  for (const id of [...people].slice(0, MOST)) {
    const user = await orTrouble(profile(id));
    const why = typeof user === 'string' ? `can't be looked up (${user})` : whyNot(user, workspace);
    if (why) troubles.push(`${id} ${why}`);
    else able.push(id);
  }
  if (people.size > MOST) troubles.push(`${people.size - MOST} more were not looked up`);
  return { able, troubles };
}

/** What Slack gives, or its word for why it doesn't. */
async function orTrouble<T>(asked: Promise<T>): Promise<T | string> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error;
    throw error;
  }
}

const WHY: Record<Denial, string> = {
  'other-workspace': 'is of another workspace',
  guest: 'is a guest',
  bot: 'is a bot',
  stranger: 'is of another workspace',
  deactivated: 'is deactivated',
  'not-a-responder': 'is no responder',
  'not-an-approver': 'is no approver',
  'no-approvers': 'is no approver',
  unknown: "isn't known",
};

type Profile = Parameters<typeof denialByProfile>[0];

function whyNot(user: Profile, workspace: Workspace): string | undefined {
  const denial = denialByProfile(user, workspace);
  if (!denial) return undefined;
  const name = user?.real_name ?? user?.name;
  return name ? `(${name}) ${WHY[denial]}` : WHY[denial];
}
