import type { WebClient } from '@slack/web-api';
import type { UserId } from '../domain/person.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { type Directory, directory, type Profile } from './directory.ts';
import { approverDenialText } from './views/response/refusal.ts';

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
  | 'not-an-approver'
  | 'no-approvers'
  | 'unknown';

/** Says why a person may not act; nothing when they may. */
export type May = (person: Presser) => Promise<Denial | undefined>;

/** Who may do what. */
export interface People {
  mayRespond: May;
  /** For who was asked something: a colleague, on no list. */
  mayAnswer: May;
  /** For what leads to a change in AWS: Slack is asked anew, and nobody is listed by default. */
  mayApprove: May;
  /** The same for who isn't there to press: why they may not approve now, as a sentence. Rejects when Slack can't tell. */
  approverDenial(id: UserId): Promise<string | undefined>;
  /** As Slack has it; none for who hasn't told one. Rejects when Slack can't be asked. */
  emailOf(id: UserId): Promise<string | undefined>;
}

interface Needs {
  web: WebClient;
  workspace: { teamId: string; enterpriseId?: string };
  /** User ids and user group ids; when empty, every member of a channel for alerts may act. */
  responders: readonly string[];
  /** The same; when empty, nobody may approve. */
  approvers: readonly string[];
  channels: () => readonly string[];
  clock: Clock;
  log: Log;
}

/**
 * A button is shown to everyone in the channel, and Slack checks nobody: outsiders of a shared channel, guests and
 * bots can press it too. When Slack can't tell who somebody is, they may not act.
 */
export function people({ web, workspace, responders, approvers, channels, clock, log }: Needs): People {
  const usual = directory(web, clock, { profileMs: 5 * MINUTE, membersMs: 2 * MINUTE });
  const anew = directory(web, clock, { profileMs: 0, membersMs: 2 * SECOND });

  /** A failure to tell who somebody is counts as not allowed. */
  async function check(id: UserId, presser: Presser | undefined, inside: () => Promise<Denial | undefined>) {
    const elsewhere = presser && presser.teamId !== workspace.teamId;
    if (elsewhere && !ours(workspace, presser.enterpriseId)) return 'other-workspace';
    try {
      return await inside();
    } catch (error) {
      log.warn({ user: id, error: String(error) }, 'Slack did not tell who somebody is; they may not act');
      return 'unknown';
    }
  }

  async function isResponder(id: UserId): Promise<boolean> {
    if (responders.length === 0) {
      const asked = channels().map(async (channel) => (await usual.channelMembers(channel)).has(id));
      // One channel that Slack tells nothing about, an archived one, must not shut everybody out.
      return Promise.any(asked.map(async (is) => (await is) || Promise.reject(new Error('no member')))).catch(
        () => Promise.all(asked).then(() => false),
      );
    }
    return listed(id, responders, usual);
  }

  const mayRespond: May = (person) =>
    check(person.id, person, async () => {
      const denial = denialByProfile(await usual.profile(person.id), workspace, person);
      return denial ?? ((await isResponder(person.id)) ? undefined : 'not-a-responder');
    });

  /** The list comes first: whoever isn't on it makes no call to Slack by pressing all day long. */
  const whyNotApprove = (id: UserId, presser?: Presser): Promise<Denial | undefined> =>
    check(id, presser, async () => {
      if (approvers.length === 0) return 'no-approvers';
      if (!(await listed(id, approvers, anew))) return 'not-an-approver';
      return denialByProfile(await anew.profile(id), workspace, presser);
    });

  const mayAnswer: May = (person) =>
    check(person.id, person, async () => denialByProfile(await usual.profile(person.id), workspace, person));

  return {
    mayRespond,
    mayAnswer,
    mayApprove: (person) => whyNotApprove(person.id, person),
    async approverDenial(id) {
      const denial = await whyNotApprove(id);
      if (denial === 'unknown') throw new Error(`Slack did not tell who ${id} is; asked again later`);
      return denial && approverDenialText(denial);
    },
    emailOf: async (id) => (await anew.profile(id))?.profile?.email,
  };
}

async function listed(id: UserId, list: readonly string[], { userGroup }: Directory): Promise<boolean> {
  if (list.includes(id)) return true;
  for (const groupId of list.filter((entry) => entry.startsWith('S'))) {
    if ((await userGroup(groupId)).has(id)) return true;
  }
  return false;
}

/** What we are in Slack, to tell colleagues from others. */
export type Workspace = Needs['workspace'];

/** Whether it is our enterprise, where we are part of one. */
const ours = ({ enterpriseId }: Workspace, enterprise: string | undefined): boolean =>
  enterpriseId !== undefined && enterprise === enterpriseId;

/** Why a person with this profile may do nothing here; the presser is who pressed just now, as Slack verified it. */
export function denialByProfile(
  user: Profile | undefined,
  workspace: Workspace,
  presser?: Presser,
): Denial | undefined {
  if (!user) return 'unknown';
  const enterprise = presser ? presser.enterpriseId : user.enterprise_user?.enterprise_id;
  const here = user.team_id === undefined || user.team_id === workspace.teamId;
  if (!here && !ours(workspace, enterprise)) return 'other-workspace';
  if (user.deleted) return 'deactivated';
  if (user.is_bot) return 'bot';
  if (user.is_stranger) return 'stranger';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : undefined;
}
