import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Colleagues } from '../ports/questions.ts';
import { type Denial, denialByProfile, type Workspace } from './people.ts';

const WHY: Partial<Record<Denial, string>> = {
  guest: 'They are a guest at Slack, and guests are told nothing about alerts.',
  bot: 'The address belongs to a bot at Slack.',
  deactivated: 'Their account at Slack is deactivated.',
};

/** Finds colleagues at Slack by their e-mail addresses, and opens the conversation with them. */
export function colleagues(web: WebClient, workspace: Workspace): Colleagues {
  return {
    async byEmail(email) {
      const user = await userOf(web, email);
      if (!user?.id) return { is: 'unknown' };
      const denial = denialByProfile(user, workspace);
      return denial
        ? { is: 'unfit', id: user.id, why: WHY[denial] ?? 'They are not of this workspace.' }
        : { is: 'fit', id: user.id };
    },

    async conversationWith(id) {
      const { channel } = await web.conversations.open({ users: id });
      if (!channel?.id) throw new Error('Slack opened a conversation without an id');
      return channel.id;
    },
  };
}

async function userOf(web: WebClient, email: string) {
  try {
    return (await web.users.lookupByEmail({ email })).user;
  } catch (error) {
    if (error instanceof WebAPIPlatformError && error.data.error === 'users_not_found') return undefined;
    throw error;
  }
}
