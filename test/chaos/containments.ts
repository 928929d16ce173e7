import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION, COMMAND, INPUT, MODAL } from '../../src/slack/ids.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import type { PlannedContainment } from './plan.ts';
import { CHANNEL, type Stage } from './stage.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const WHY = { [INPUT.reason]: 'Key seen in a public repository' };

/** One user whom Ana and Ben contain, whatever gets in their way. */
export interface Containment extends PlannedContainment {
  /** What stands in AWS against what people were told; empty when all is as it should be. */
  problem(): string | undefined;
}

/** Goes on pressing until what is asked for is done, as people do; gives up when told to. */
export async function playContainment(
  stage: Stage,
  { user, undo }: PlannedContainment,
  givingUp: AbortSignal,
): Promise<Containment> {
  const before = await persist(() => stateOf(stage, user), undefined, givingUp);
  const card = await persist(
    () => cardOf(stage, user),
    () => askForCard(stage, user),
    givingUp,
  );
  if (card && before) {
    await carryOut(stage, card, { user, of: 'disable-user' }, givingUp);
    if (undo) await carryOut(stage, card, { user, of: 'undo' }, givingUp);
  }
  const gaveUp = givingUp.aborted ? `nobody could contain ${user}, or set it free again` : undefined;
  return { user, undo, problem: () => gaveUp ?? problemOf(stage, { user, undo }, before) };
}

/** What stands in a digest has no card before somebody wants it. */
async function askForCard({ ana, peek, slack }: Stage, user: string): Promise<void> {
  const alert = await peek()
    .selectFrom('alert as a')
    .innerJoin('message as m', 'm.alert_id', 'a.id')
    .select('a.id')
    .where('a.subject_lower', '=', user)
    .where('m.kind', '=', 'card')
    .where('m.digest', 'is not', null)
    .where('m.wanted_version', '=', 0)
    .executeTakeFirst()
    .catch(() => undefined);
  if (!alert) return;
  const words = `alert ${alert.id}`;
  const answers = ana.ephemerals().length;
  await ana.command(CHANNEL, COMMAND, words);
  const answered = () => ana.ephemerals().slice(answers).find(offersCard);
  const answer = await slack.until(answered, words, 2_500).catch(() => undefined);
  if (answer) await ana.press(answer, ACTION.showCard);
}

const offersCard = ({ blocks }: Message): boolean => JSON.stringify(blocks).includes(ACTION.showCard);

interface Wish {
  user: string;
  of: 'disable-user' | 'undo';
}

async function carryOut(stage: Stage, card: Message, wish: Wish, givingUp: AbortSignal): Promise<void> {
  const { ana, ben } = stage;
  const request = () => requestOf(stage, wish);
  await persist(request, () => ask(stage, card, wish), givingUp);
  const isIn =
    (...states: string[]) =>
    async () =>
      states.includes((await request())?.state ?? '');
  const shown = async (): Promise<Message | undefined> => {
    const ts = (await request())?.ts;
    return stage.slack.thread(CHANNEL, card.ts).find((one) => one.ts === ts);
  };
  await persist(
    async () => !(await isIn('pending')()),
    () =>
      fill(stage, ben, shown, ACTION.approveResponse, MODAL.approveResponse, {
        [INPUT.typedName]: wish.user,
      }),
    givingUp,
  );
  await persist(
    isIn('done', 'undone', 'undoing'),
    async () => {
      const message = await shown();
      if (message && (await isIn('stopped')())) await ana.press(message, ACTION.retryResponse);
    },
    givingUp,
  );
}

async function ask(stage: Stage, card: Message, { user, of }: Wish): Promise<void> {
  if (of === 'disable-user') {
    const on = () => Promise.resolve(card);
    return fill(stage, stage.ana, on, ACTION.requestDisablement, MODAL.requestDisablement, WHY);
  }
  const contained = async () => {
    const ts = (await requestOf(stage, { user, of: 'disable-user' }))?.ts;
    return stage.slack.thread(CHANNEL, card.ts).find((one) => one.ts === ts);
  };
  return fill(stage, stage.ana, contained, ACTION.undoResponse, MODAL.undoResponse, {
    ...WHY,
    [INPUT.reactivate]: ['reactivate'],
  });
}

/** One at a time, since a person has one form open. */
const busy = new Map<string, Promise<unknown>>();

async function fill(
  stage: Stage,
  person: Person,
  where: () => Promise<Message | undefined>,
  action: string,
  form: string,
  values: Record<string, string | string[]>,
): Promise<void> {
  const turn = (busy.get(person.id) ?? Promise.resolve()).then(async () => {
    const message = await where();
    if (!message) return;
    await person.press(message, action);
    await stage.slack.until(() => person.view()?.callback_id === form, form, 2_500);
    await person.submit(values);
    if (person.view()) await person.closeView(true);
  });
  busy.set(
    person.id,
    turn.catch(() => undefined),
  );
  await turn.catch(() => undefined);
}

/** Looks until there is something, and acts again whenever there has been nothing for a while. */
async function persist<T>(
  look: () => T | undefined | Promise<T | undefined>,
  act: (() => Promise<void>) | undefined,
  givingUp: AbortSignal,
): Promise<T | undefined> {
  while (!givingUp.aborted) {
    for (let looks = 0; looks < 30 && !givingUp.aborted; looks++) {
      const found = await Promise.resolve(look()).catch(() => undefined);
      if (found) return found;
      await sleep(100);
      // What is on the screen may have changed under the finger: then there is nothing to press.
      if (looks === 0) await act?.().catch(() => undefined);
    }
  }
  return undefined;
}

function cardOf({ slack }: Stage, user: string): Message | undefined {
  return slack.messages(CHANNEL).find(({ text, thread_ts }) => !thread_ts && text.includes(`\`${user}\``));
}

async function requestOf(
  stage: Stage,
  { user, of }: Wish,
): Promise<{ id: string; state: string; ts: string | null } | undefined> {
  const rows = await stage
    .peek()
    .selectFrom('response as r')
    .innerJoin('message as m', (on) => on.onRef('m.alert_id', '=', 'r.alert_id').on('m.kind', '=', 'request'))
    .select(['r.id', 'r.state', 'm.ts', 'm.drawing'])
    .execute();
  for (const { id, state, ts, drawing } of rows) {
    if (JSON.parse(drawing).requestId !== id) continue;
    const { action, state: at } = JSON.parse(state);
    const about = action.do === 'undo' ? rows.find((one) => one.id === action.of)?.state : state;
    if (action.do !== of || !about || JSON.parse(about).action.user !== user) continue;
    if (!['denied', 'expired', 'refused', 'withdrawn'].includes(at.is)) return { id, state: at.is, ts };
  }
  return undefined;
}

type UserState = ReturnType<Stage['aws']['stateOf']>;

function stateOf({ aws }: Stage, user: string): UserState | undefined {
  try {
    return aws.stateOf(user);
  } catch {
    return undefined;
  }
}

function problemOf(stage: Stage, { user, undo }: PlannedContainment, before?: UserState): string | undefined {
  const after = stateOf(stage, user);
  if (!before || !after) return `${user} never was in AWS`;
  if (undo) {
    const same = JSON.stringify({ ...after, inline: {} }) === JSON.stringify({ ...before, inline: {} });
    return same ? undefined : `${user} was set free, and is not as before: ${JSON.stringify(after)}`;
  }
  const active = Object.values(after.credentials).filter((state) => !state.endsWith('Inactive'));
  return after.attached.includes(DENY_ALL) && active.length === 0
    ? undefined
    : `${user} is not contained: ${JSON.stringify(after)}`;
}
