import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

describe('two people at once: one effect, and the other is told who was faster', () => {
  let world: World;
  let card: Message;
  let id: string;
  beforeAll(async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
    id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
    await world.ana.press(card, ACTION.openGuide);
    await line('Triage');
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const lines = (words: string): Message[] =>
    world.slack.thread(CHANNEL, card.ts).filter(({ text }) => text.includes(words));
  const line = (words: string): Promise<Message> => world.slack.until(() => lines(words)[0], words);
  const refusals = (): Message[] => [...world.ana.ephemerals(), ...world.ben.ephemerals()];
  const refused = (words: string): Promise<Message> =>
    world.slack.until(() => refusals().find(({ text }) => text.includes(words)), words);
  const both = (act: (person: Person) => Promise<unknown>): Promise<unknown> =>
    Promise.all([act(world.ana), act(world.ben)]);

  it('assign it to themselves', async () => {
    const seen = structuredClone(card);
    await both((person) => person.press(seen, ACTION.menu, { option: pack('assign-me', id) }));
    expect((await refused('assigned it')).text).toMatch(/<@U0(ANA|BEN)> was faster and assigned it/);
    await line('took it on');
    expect(lines('took it on')).toHaveLength(1);
  });

  it('but who sees that another has it can take it over', async () => {
    const holder = /<@(U0\w+)> took it on/.exec((await line('took it on')).text)?.[1] ?? '';
    const other = holder === 'U0ANA' ? world.ben : world.ana;
    await world.slack.until(() => JSON.stringify(card.blocks).includes('*Assigned* to'), 'the card redrawn');
    await other.press(card, ACTION.menu, { option: pack('assign-me', id, holder) });
    await world.slack.until(() => lines('took it on').length === 2, 'the second line');
  });

  it('snooze it', async () => {
    await both((person) => person.press(card, ACTION.menu, { option: pack('snooze', id) }));
    await world.slack.until(() => world.ana.view() && world.ben.view(), 'both modals');
    await both((person) => person.submit({ [INPUT.duration]: person === world.ana ? '1' : '4' }));
    const views = JSON.stringify([world.ana.view() ?? '', world.ben.view() ?? '']);
    expect(views).toMatch(/<@U0(ANA|BEN)> was faster and snoozed it/);
    await line('snoozed it until');
    expect(lines('snoozed it until')).toHaveLength(1);
    world.ana.closeView();
    world.ben.closeView();
  });

  it('mark a step of the guide in two ways', async () => {
    const seen = structuredClone(await line('Triage'));
    const mark = (person: Person): string => (person === world.ana ? 'done' : 'not-applicable');
    await both((person) => person.press(seen, ACTION.guideStep, { option: pack(mark(person), id, 'actor') }));
    await refused('was faster and marked this step');
    await line('marked *Actor*');
    expect(lines('marked *Actor*')).toHaveLength(1);
  });

  it('note something on a step: what the second one wrote is not gone', async () => {
    const { ana, ben, slack } = world;
    const triage = await line('Triage');
    await both((person) => person.press(triage, ACTION.guideStep, { option: pack('note', id, 'owners') }));
    await slack.until(() => ana.view() && ben.view(), 'both modals');
    await ana.submit({ [INPUT.note]: 'Asked Cleo' });
    await ben.submit({ [INPUT.note]: 'Asked Dan' });
    expect(JSON.stringify(ben.view())).toContain('<@U0ANA> was faster and noted something on this step');
    expect(JSON.stringify(ben.view())).toContain('You wrote: Asked Dan');
    await slack.until(() => JSON.stringify(triage.blocks).includes('Asked Cleo'), 'the note');
    expect(JSON.stringify(triage.blocks)).not.toContain('Asked Dan');
  });
});
