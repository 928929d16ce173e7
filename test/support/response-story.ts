import type { Settings } from '../../src/config.ts';
import { ACTION, INPUT, MODAL } from '../../src/slack/ids.ts';
import type { AwsStandIn } from '../../src/standins/aws/account.ts';
import type { Actor } from '../../src/standins/aws/actors.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from './world.ts';

const RESPONSE: Settings['response'] = {
  mode: 'request',
  responder: undefined,
  protectedPrincipals: [],
  expiry: 3_600_000,
  revokeSessions: true,
};
export const RESPONDER = {
  roleArn: 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder',
  externalId: 'example-external-id',
};
export const WHY = { [INPUT.reason]: 'Key seen in a public repository' };
export const NAME = { [INPUT.typedName]: 'bob' };
const ADMINISTRATOR = 'AdministratorAccess';

export const shown = (message: Message | undefined): string => JSON.stringify(message?.blocks);
export const requestIdOf = (card: Message): string => /RS-[0-9A-F]{10}/.exec(card.text)?.[0] ?? '';

export interface Story extends AsyncDisposable {
  world: World;
  card: Message;
  thread(): Message[];
  line(words: string): Promise<Message>;
  cardSays(message: Message, words: string): Promise<unknown>;
  /** Asks by the form on the alert's card, and waits for the request's card with its preview. */
  ask(person: Person, more?: Record<string, string | string[]>): Promise<Message>;
  openForm(person: Person, request: Message, action: string): Promise<unknown>;
  told(person: Person, words: string): Promise<Message>;
}

interface Options {
  response?: Partial<Settings['response']>;
  /** Who adds bob to the group. */
  by?: Actor;
  /** What happens in AWS before that, and before the app starts. */
  before?: (aws: AwsStandIn) => void;
}

/** The app, with Ana and Ben who may approve, Cleo who may not, and the alert that bob was added to admins. */
export async function startStory({ response, by, before }: Options = {}): Promise<Story> {
  const world = await startWorld({
    postEveryMs: 10,
    settings: { approvers: ['U0ANA', 'S0APPROVERS'], response: { ...RESPONSE, ...response } },
    prepare(slack, aws) {
      slack.addUserGroup({ id: 'S0APPROVERS', handle: 'approvers', users: ['U0BEN', 'U0DAN'] });
      aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
      aws.given.group({ name: 'admins', attached: [ADMINISTRATOR] });
      aws.given.user({ name: 'root-admin', attached: [ADMINISTRATOR] });
      aws.given.user({
        name: 'bob',
        tags: { owner: 'Dan@example.com' },
        keys: [{ id: 'AKIAEXAMPLE11' }, { id: 'AKIAEXAMPLE12', status: 'Inactive' }],
      });
      before?.(aws);
    },
  });
  world.aws.addUserToGroup({ user: 'bob', group: 'admins', by });
  const card = await world.cardOf('bob');
  const { slack } = world;
  const thread = (): Message[] => slack.thread(CHANNEL, card.ts);
  return {
    world,
    card,
    thread,
    line: (words) => slack.until(() => thread().find(({ text }) => text.includes(words)), words),
    cardSays: (message, words) => slack.until(() => shown(message).includes(words), words),
    async ask(person, more = {}) {
      const before = thread().length;
      await person.press(card, ACTION.requestDisablement);
      await slack.until(() => person.view()?.callback_id === MODAL.requestDisablement, 'the form');
      await person.submit({ ...WHY, ...more });
      const posted = () =>
        thread()
          .slice(before)
          .find(({ text }) => text.includes('please decide'));
      const request = await slack.until(posted, 'the request');
      await slack.until(() => shown(request).includes('What will be done'), 'the preview');
      return request;
    },
    async openForm(person, request, action) {
      await person.press(request, action);
      return slack.until(() => person.view(), 'the form');
    },
    told: (person, words) =>
      slack.until(() => person.ephemerals().find(({ text }) => text.includes(words)), words),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
