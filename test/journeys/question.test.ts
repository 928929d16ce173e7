import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { ACTION, INPUT, pack, type StepChoice } from '../../src/slack/ids.ts';
import { iamUser, roleSession } from '../../src/standins/aws/actors.ts';
import type { Person } from '../../src/standins/slack/person.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const shown = (message: Message): string => JSON.stringify(message.blocks);
const idOf = (card: Message): string => /GW-\w{12}/.exec(card.text)?.[0] ?? '';

describe('the actor and the owner are asked', () => {
  let world: World;
  let card: Message;
  let alice: Person;
  let olga: Person;
  beforeAll(async () => {
    world = await startWorld({
      prepare: (slack, aws) => {
        alice = slack.addPerson({ id: 'U0ALICE', name: 'Alice', email: 'Alice@example.com' });
        olga = slack.addPerson({ id: 'U0OLGA', name: 'Olga', email: 'olga@example.com' });
        slack.addPerson({ id: 'U0GIL', name: 'Gil', email: 'gil@example.com', isRestricted: true });
        aws.given.group({ name: 'readers' });
        aws.given.user({ name: 'bob', tags: { Owner: 'olga@example.com' } });
        aws.given.user({ name: 'robot' });
        aws.given.user({ name: 'visitor', tags: { email: 'gil@example.com' } });
      },
    });
    const by = roleSession('Admin', 'alice@example.com');
    card = await workedCard('bob', by);
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const thread = (under = card): Message[] => world.slack.thread(CHANNEL, under.ts);
  const line = (words: string): Promise<Message> =>
    world.slack.until(() => thread().find(({ text }) => text.includes(words)), words, 15_000);

  /** An addition whose card is assessed and whose guide is open. */
  async function workedCard(user: string, by = iamUser('operator')): Promise<Message> {
    world.aws.addUserToGroup({ user, group: 'readers', by });
    const posted = await world.cardOf(user);
    await world.slack.until(() => shown(posted).includes('The group grants'), 'the assessment');
    await world.ana.press(posted, ACTION.openGuide);
    await world.slack.until(
      () => thread(posted).filter(({ text }) => /^Guide,|opened the guide/.test(text)).length === 4,
      'the guide, and its line',
    );
    return posted;
  }
  const ask = async (person: Person, under: Message, what: StepChoice, step: string) => {
    const guide = thread(under).find(({ text }) => text.includes('Triage'));
    if (!guide) throw new Error('the guide is not open');
    const offers = guide.blocks.find(({ block_id }) => String(block_id).startsWith(`guide.${step}.offers.`));
    expect(JSON.stringify(offers)).toContain(pack(what, idOf(under), step));
    return person.press(guide, ACTION.stepOffer, { blockId: String(offers?.block_id) });
  };
  const told = (person: Person, words: string): Promise<Message> =>
    world.slack.until(() => person.ephemerals().find(({ text }) => text.includes(words)), words);
  const question = (person: Person): Promise<Message> =>
    world.slack.until(() => person.directMessages()[0], 'the direct message');

  it('by direct message, in plain words, once, also when Slack loses its answer to the post', async () => {
    world.slack.faults.dropReply('chat.postMessage', 1);
    const sent = await ask(world.ana, card, 'ask-actor', 'actor');
    await sent.again();
    const message = await question(alice);
    expect(shown(message)).toContain('Was that you?');
    expect(shown(message)).toContain('added the user `bob` to the group `readers`');
    await line('<@U0ANA> asked <@U0ALICE>, as the actor');
    await ask(world.ben, card, 'ask-actor', 'actor');
    await told(world.ben, '<@U0ANA> has asked <@U0ALICE> already');
    const looked = () => world.slack.calls.filter(({ method }) => method === 'conversations.history');
    await world.slack.until(
      () => looked().some(({ args }) => args.channel === 'D0ALICE'),
      'a look into the conversation',
    );
    expect(alice.directMessages()).toHaveLength(1);
  });

  it('and nobody else can answer', async () => {
    const message = await question(alice);
    await world.ana.press(message, ACTION.answerYes);
    await told(world.ana, 'Only <@U0ALICE> can answer this');
    expect(world.ana.view()).toBeUndefined();
  });

  it('an actor who answers No raises the score and calls the responders; the alert stays open', async () => {
    const { slack } = world;
    const message = structuredClone(await question(alice));
    await alice.press(message, ACTION.answerNo);
    const form = await slack.until(() => alice.view(), 'the form');
    expect(JSON.stringify(form)).toContain('Your answer: *No*');
    const sent = await alice.submit({ [INPUT.comment]: 'I was on <!channel> holiday' });
    await sent.again();
    const answer = await line('<@U0ALICE>, asked as the actor, answers *No*');
    expect(answer.text).toContain('I was on &lt;!channel&gt; holiday');
    expect(answer.text).toMatch(/The score rises from (\d+) to \*(\d+)\*/);
    const [, from, to] = /from (\d+) to \*(\d+)\*/.exec(answer.text) ?? [];
    expect(Number(to)).toBe(Math.min(100, Number(from) + 30));
    expect(answer.text).toContain('<@U0ANA> <@U0BEN> please look');
    await slack.until(() => shown(card).includes(`*Risk ${to} of 100*`), 'the card redrawn');
    expect(shown(card)).toContain('The person asked says it was not them');
    expect(shown(card)).toContain(ACTION.acknowledge);
    const guide = await line('Triage');
    await slack.until(() => shown(guide).includes('🙅 <@U0ALICE> answered *No*'), 'the guide redrawn');
    expect(thread().filter(({ text }) => text.includes('answers *No*'))).toHaveLength(1);

    await slack.until(
      () => shown(alice.directMessages()[0] ?? message).includes('You answered *No*'),
      'thanks',
    );
    await alice.press(message, ACTION.answerYes);
    const again = await slack.until(
      () => alice.ephemerals().find(({ text }) => text.includes('answered already')),
      'the refusal',
    );
    expect(again.text).toContain("an answer can't be changed");
  });

  it('an owner who does not answer within 30 minutes is told of, and may still answer', async () => {
    const { slack } = world;
    await ask(world.ana, card, 'ask-owner', 'owners');
    const message = await question(olga);
    expect(shown(message)).toContain('By the tag Owner of the IAM user bob you are the one to ask');
    world.later(31 * MINUTE);
    await line('<@U0OLGA>, asked as the owner, has not answered within 30 minutes');
    await olga.press(message, ACTION.answerYes);
    await slack.until(() => olga.view(), 'the form');
    await olga.submit();
    const answer = await line('<@U0OLGA>, asked as the owner, answers *Yes, I know about it*.');
    expect(answer.text).not.toContain('please look');
    expect(thread().filter(({ text }) => text.includes('has not answered'))).toHaveLength(1);
  });

  it('and where nobody is found, it says what to configure', async () => {
    const other = await workedCard('robot', iamUser('robot'));
    await ask(world.ana, other, 'ask-actor', 'actor');
    const answer = await told(world.ana, '*Nobody was asked:*');
    expect(answer.text).toContain('tag the IAM user `robot` with `email`');
    const guest = await workedCard('visitor');
    await ask(world.ana, guest, 'ask-owner', 'owners');
    await told(world.ana, "<@U0GIL> can't be asked: They are a guest at Slack");
    expect(
      thread(other)
        .concat(thread(guest))
        .filter(({ text }) => text.includes('asked')),
    ).toEqual([]);
  });

  it('and goes on when the answer is sent while somebody works the alert', async () => {
    const { slack } = world;
    const third = await workedCard('carl', roleSession('Admin', 'olga@example.com'));
    await ask(world.ana, third, 'ask-actor', 'actor');
    const message = await slack.until(() => olga.directMessages()[1], 'the second question');
    await olga.press(message, ACTION.answerUnsure);
    await slack.until(() => olga.view(), 'the form');
    await Promise.all([olga.submit(), world.ben.press(third, ACTION.acknowledge)]);
    await slack.until(
      () => thread(third).filter(({ text }) => /Not sure|is looking into it/.test(text)).length === 2,
      'both lines',
    );
  });

  it('has caused no warnings but the refusals and the lost answer', () => {
    const other = world.warnings.filter(
      (warning) => !/^refused|did not take a message|^http request failed/.test(warning),
    );
    expect(other).toEqual([]);
  });
});
