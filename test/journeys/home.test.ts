import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, MODAL, pack } from '../../src/slack/ids.ts';
import { checkVerbatim, checkView } from '../../src/standins/slack/block-kit.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const ALERTS = 100;

describe.each([
  { mode: 'socket', database: 'sqlite', replicas: 1 },
  { mode: 'http', database: 'postgres', replicas: 1 },
] as const)('Home with a hundred alerts, over $mode, on $database', (way) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      ...way,
      postEveryMs: 1,
      settings: { approvers: ['U0ANA', 'U0BEN', 'U0DAN'] },
      prepare: (_, aws) => {
        aws.given.group({ name: 'admins' });
        aws.given.user({ name: 'user-0' });
      },
    });
    for (let n = 0; n < ALERTS; n++) world.aws.addUserToGroup({ user: `user-${n}`, group: 'admins' });
    const posted = () => world.slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts).length >= ALERTS;
    await world.slack.until(posted, 'a hundred cards', 60_000);
    // What is found out about them may bring some before the others.
    await world.assessed();
  }, 90_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const shown = (person: Person): string => JSON.stringify(person.home()?.blocks ?? []);
  const sees = (person: Person, words: string): Promise<unknown> =>
    world.slack.until(() => shown(person).includes(words), `${person.name} sees "${words}" at home`, 10_000);
  const opened = async (person: Person, words: string): Promise<void> => {
    await person.openHome();
    await sees(person, words);
  };
  /** The blocks with the buttons of the alerts that are shown as open. */
  const acts = (person: Person): string[] =>
    [...shown(person).matchAll(/"block_id":"(home\.open\.GW-\w+\.acts)"/g)].map(([, id]) => id ?? '');
  const idIn = (block: string): string => /GW-\w{12}/.exec(block)?.[0] ?? '';

  it('shows a page of them with a link to each card, and whether the watch sees', async () => {
    const { ana } = world;
    await opened(ana, 'Open alerts · 100');
    expect(acts(ana)).toHaveLength(20);
    expect(shown(ana)).toContain('1 to 20 of 100');
    expect(shown(ana)).toContain('The account `111122223333` is watched');
    const card = world.slack.messages(CHANNEL).find(({ text }) => text.includes(idIn(acts(ana)[0] ?? '')));
    expect(shown(ana)).toContain(`/archives/${CHANNEL}/p${card?.ts.replace('.', '')}`);
    expect(checkView(ana.home())).toEqual([]);
    expect(checkVerbatim(ana.home()?.blocks)).toEqual([]);
  });

  it('turns pages, and goes back to the first when it is opened anew', async () => {
    const { ana } = world;
    const first = acts(ana);
    for (const last of [40, 60, 80, 100]) {
      await ana.pressInView(ACTION.homeOlder);
      await sees(ana, `${last - 19} to ${last} of 100`);
    }
    expect(acts(ana).some((block) => first.includes(block))).toBe(false);
    expect(shown(ana)).not.toContain(ACTION.homeOlder);
    await ana.pressInView(ACTION.homeNewer);
    await sees(ana, '61 to 80 of 100');
    await opened(ana, '1 to 20 of 100');
    expect(acts(ana)).toEqual(first);
  });

  it('lets a responder acknowledge there, and shows what is theirs', async () => {
    const { ana, slack } = world;
    const [block = ''] = acts(ana);
    const card = slack.messages(CHANNEL).find(({ text }) => text.includes(idIn(block)));
    await ana.pressInView(ACTION.acknowledge, { blockId: block });
    await sees(ana, 'Open alerts · 99');
    await sees(ana, 'Yours · 1');
    expect(shown(ana)).toContain(`"block_id":"home.mine.${idIn(block)}"`);
    await slack.until(() => JSON.stringify(card?.blocks).includes('*Acknowledged* by <@U0ANA>'), 'the card');
    await ana.pressInView(ACTION.openCard, { blockId: `home.mine.${idIn(block)}.acts` });
  });

  it('says there who was faster, when somebody was', async () => {
    const { ana, ben } = world;
    await opened(ben, 'Open alerts · 99');
    const [block = ''] = acts(ben);
    await ana.pressInView(ACTION.acknowledge, { blockId: block });
    await sees(ana, 'Yours · 2');
    await ben.pressInView(ACTION.acknowledge, { blockId: block });
    await sees(ben, '💬 <@U0ANA> was faster and acknowledged it');
    expect(acts(ben)).not.toContain(block);
    expect(ben.ephemerals()).toEqual([]);
  });

  it('follows what they do in the channel', async () => {
    const { ben, slack } = world;
    const [block = ''] = acts(ben);
    const card = slack.messages(CHANNEL).find(({ text }) => text.includes(idIn(block)));
    if (!card) throw new Error('no card');
    await ben.press(card, ACTION.menu, { option: pack('assign-me', idIn(block)) });
    await sees(ben, 'Yours · 1');
    await ben.press(card, ACTION.menu, { option: pack('resolve', idIn(block)) });
    await slack.until(() => ben.view(), 'the form');
    await ben.submit({ [INPUT.verdict]: 'benign', [INPUT.note]: 'Onboarding, ticket 12' });
    await sees(ben, 'Open alerts · 97');
    await slack.until(() => !shown(ben).includes('Yours ·'), 'nothing of his is left');
  });

  it('brings a request to the others who may approve, and Approve… opens the same form', async () => {
    const { ana, ben, slack } = world;
    const card = await world.cardOf('user-0');
    await ana.press(card, ACTION.requestDisablement);
    await slack.until(() => ana.view()?.callback_id === MODAL.requestDisablement, 'the form');
    await ana.submit({ [INPUT.reason]: 'Key seen in a public repository' });
    await opened(ben, 'Waiting for your approval · 1');
    await opened(ana, 'Open alerts ·');
    expect(shown(ana)).not.toContain('Waiting for your approval');
    await ben.pressInView(ACTION.approveResponse);
    await slack.until(() => ben.view()?.callback_id === MODAL.approveResponse, 'the form');
    await ben.submit({ [INPUT.typedName]: 'user-0' });
    await slack.until(() => !shown(ben).includes('Waiting for your approval'), 'the request is gone', 10_000);
    const approved = () =>
      slack.thread(CHANNEL, card.ts).some(({ text }) => text.includes('<@U0BEN> approved'));
    await slack.until(approved, 'the line in the thread');
  });

  it('tells everybody else in a sentence, and approvers what they may decide on', async () => {
    const { cleo, ana, slack } = world;
    await opened(cleo, 'Only responders see here');
    expect(shown(cleo)).not.toMatch(/GW-\w{12}|user-\d|111122223333/);
    const card = await world.cardOf('user-1');
    await ana.press(card, ACTION.requestDisablement);
    await slack.until(() => ana.view()?.callback_id === MODAL.requestDisablement, 'the form');
    await ana.submit({ [INPUT.reason]: 'Key seen in a public repository' });
    const dan = slack.person('U0DAN');
    await opened(dan, 'Waiting for your approval · 1');
    expect(shown(dan)).toContain('Only responders see here');
    expect(shown(dan)).not.toContain(ACTION.acknowledge);
  });

  it('has caused no warnings', () => {
    expect(world.warnings.filter((warning) => !warning.startsWith('refused'))).toEqual([]);
  });
});
