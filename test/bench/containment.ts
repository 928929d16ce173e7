import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, INPUT, MODAL } from '../../src/slack/ids.ts';
import type { AwsCall } from '../../src/standins/aws/account.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { openStorage } from '../../src/storage/open.ts';
import { RESPONDER, shown } from '../support/response-story.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';
import { type Figure, quantile } from './figure.ts';
import type { Room } from './measures.ts';

const RUNS = 100;
const PATIENCE = 60_000;
/** What IAM is to be asked for at least: whether it is the same user, what is attached, and four kinds of credential. */
const LEAST_READS = 6;

/**
 * From the approver's "Approve" in Slack to AWSDenyAll on the user, and to the card that says that all is done: two
 * keys and one of each other credential. The board has no pace here, since a card that tells of each step would wait for
 * Slack. The least possible number of IAM calls is one write for each step of the plan, and the reads without which
 * there is no plan; what is read beyond that is for the snapshot and the checks, as RESULTS.md says.
 */
export async function containment({ quick }: Room): Promise<Figure[]> {
  await using world = await startWorld({
    postEveryMs: 0,
    updateEveryMs: 0,
    settings: {
      response: {
        mode: 'execute',
        responder: RESPONDER,
        protectedPrincipals: [],
        expiry: 3_600_000,
        revokeSessions: false,
      },
    },
    prepare(_, aws) {
      aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
      aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
      aws.given.user({ name: 'root-admin', attached: ['AdministratorAccess'] });
    },
  });
  const runs: Contained[] = [];
  for (let n = 0; n < (quick ? RUNS / 10 : RUNS); n++) runs.push(await contain(world, `user-${n}`));
  const [first] = runs;
  return [
    figure(
      'approval to the deny in place, p95',
      runs.map(({ denied }) => denied),
    ),
    figure(
      'approval to a full containment, p95',
      runs.map(({ done }) => done),
    ),
    {
      name: 'IAM calls of a full containment',
      value: first?.calls ?? Number.NaN,
      unit: 'calls',
      comparison: 'a write for each step of the plan, and the reads that the plan needs, calls',
      against: (first?.steps ?? Number.NaN) + LEAST_READS,
    },
  ];
}

interface Contained {
  /** Milliseconds from the approval. */
  denied: number;
  done: number;
  /** Calls of IAM. Later runs would count the checks of earlier ones, too. */
  calls: number;
  steps: number;
}

async function contain(world: World, user: string): Promise<Contained> {
  const { aws, slack, ben } = world;
  givenUser(world, user);
  aws.addUserToGroup({ user, group: 'admins' });
  const request = await asked(world, user);
  await quiet(world);
  const before = aws.calls.length;
  let deniedAt = Number.NaN;
  const stop = aws.onCall(({ name, parameters, outcome }) => {
    if (name === 'iam:AttachUserPolicy' && outcome === 'ok' && nameIn({ parameters }) === user)
      deniedAt = performance.now();
  });
  await ben.press(request, ACTION.approveResponse);
  await slack.until(() => ben.view()?.callback_id === MODAL.approveResponse, 'the form', PATIENCE);
  const began = performance.now();
  await ben.submit({ [INPUT.typedName]: user });
  await slack.until(() => shown(request).includes('✅ *Done*'), 'the end', PATIENCE);
  const done = performance.now() - began;
  stop();
  const calls = aws.calls.slice(before).filter(({ name }) => name.startsWith('iam:')).length;
  return { denied: deniedAt - began, done, calls, steps: await stepsOf(world, request) };
}

function givenUser({ aws }: World, name: string): void {
  const id = name.replace('user-', 'EXAMPLE').toUpperCase();
  aws.given.user({
    name,
    keys: [`AKIA${id}A`, `AKIA${id}B`],
    sshKeys: [`APKA${id}`],
    certificates: [`CERT${id}`],
    serviceCredentials: [`ACCA${id}`],
    mfa: [`arn:aws:iam::111122223333:mfa/${name}`],
    password: 'correct horse',
  });
}

const nameIn = ({ parameters }: Pick<AwsCall, 'parameters'>): unknown => Reflect.get(parameters, 'UserName');

/** Ana's request for it, with its preview. */
async function asked({ slack, ana, cardOf }: World, user: string): Promise<Message> {
  const card = await cardOf(user);
  await ana.press(card, ACTION.requestDisablement);
  await slack.until(() => ana.view()?.callback_id === MODAL.requestDisablement, 'the form', PATIENCE);
  await ana.submit({ [INPUT.reason]: 'Key seen in a public repository' });
  const posted = () => slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes('please decide'));
  const request = await slack.until(posted, 'the request', PATIENCE);
  await slack.until(() => shown(request).includes('What will be done'), 'the preview', PATIENCE);
  return request;
}

/** Nothing more is found out about the alert: it would be counted. */
async function quiet({ aws }: World): Promise<void> {
  const others = () => aws.calls.filter(({ name }) => name.startsWith('iam:')).length;
  for (let before = -1; before !== others(); await sleep(150)) before = others();
}

async function stepsOf({ databaseUrl }: World, request: Message): Promise<number> {
  const storage = await openStorage(databaseUrl, { channel: CHANNEL });
  const id = /RS-[0-9A-F]{10}/.exec(request.text)?.[0] ?? '';
  const found = await storage.responses.find(id);
  await storage.close();
  return found?.steps.filter(({ state }) => state.is === 'applied').length ?? Number.NaN;
}

function figure(name: string, times: readonly number[]): Figure {
  return {
    name,
    value: quantile(times, 0.95),
    unit: 'ms',
    comparison: `median of the same ${times.length} runs, ms`,
    against: quantile(times, 0.5),
  };
}
