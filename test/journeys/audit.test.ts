import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { exportLine } from '../../src/storage/audit/chain.ts';
import { openAudit } from '../../src/storage/audit/open.ts';
import { verify } from '../../src/storage/audit/verify.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const shown = (message: Message): string => JSON.stringify(message.blocks);

describe.each(Object.entries(ENGINES))('everything done to an alert is on record, on %s', (_, start) => {
  let engine: Engine;
  let world: World;
  let card: Message;
  let id: string;
  beforeAll(async () => {
    engine = await start();
    world = await startWorld({ settings: { databaseUrl: engine.url } });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = structuredClone(await world.cardOf('bob'));
    id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
    await engine.dispose();
  });

  /** What the log holds now, as an export gives it. */
  async function entries(): Promise<Record<string, unknown>[]> {
    const log = await openAudit(engine.url);
    const all: Record<string, unknown>[] = [];
    for await (const row of log.rows()) all.push(JSON.parse(exportLine(row)));
    await log.close();
    return all;
  }
  const answer = (words: string): Promise<Message> =>
    world.slack.until(() => world.ana.ephemerals().findLast(({ text }) => text.includes(words)), words);

  it('who acted, under which name, from which workspace, from which state to which', async () => {
    const { ana, ben, slack } = world;
    await ana.press(card, ACTION.acknowledge);
    await slack.until(() => slack.thread(CHANNEL, card.ts)[0], 'the line');
    await ben.press(card, ACTION.menu, { option: pack('resolve', id) });
    await slack.until(() => ben.view(), 'the modal');
    await ben.submit({ [INPUT.verdict]: 'benign', [INPUT.note]: 'Onboarding' });
    await slack.until(() => slack.thread(CHANNEL, card.ts)[1], 'the line');
    const ours = { alertId: id, byTeam: slack.teamId };
    const story = (await entries()).filter(({ what }) => what !== 'assess');
    expect(story).toMatchObject([
      { alertId: id, what: 'raised', by: null, to: 'open' },
      { ...ours, what: 'acknowledge', by: 'U0ANA', byName: 'Ana', from: 'open', to: 'acknowledged' },
      {
        ...ours,
        what: 'resolve',
        by: 'U0BEN',
        byName: 'Ben',
        from: 'acknowledged',
        to: 'resolved',
        facts: { verdict: 'benign', note: 'Onboarding' },
      },
    ]);
  });

  it('what the state of the alert refused, once for each click', async () => {
    const { ben, slack } = world;
    const sent = await ben.press(card, ACTION.acknowledge);
    await slack.until(() => ben.ephemerals()[0], 'the refusal');
    await sent.again();
    await ben.command(CHANNEL, '/groupwatch', 'status');
    await slack.until(() => ben.ephemerals()[1], 'the status, asked after it');
    const refused = (await entries()).filter(({ what }) => what === 'refused');
    expect(refused).toMatchObject([
      { by: 'U0BEN', alertId: id, from: 'resolved', facts: { act: 'acknowledge', because: 'resolved' } },
    ]);
  });

  it('who was turned away, once a minute however often they press', async () => {
    const { cleo, slack } = world;
    for (let n = 0; n < 8; n++) await cleo.press(card, ACTION.menu, { option: pack('assign-me', id) });
    await cleo.command(CHANNEL, '/groupwatch', 'open');
    await slack.until(() => cleo.ephemerals().length === 9, 'nine refusals');
    const denied = (await entries()).filter(({ what }) => what === 'denied');
    expect(denied[0]).toMatchObject({
      by: 'U0CLEO',
      byName: 'Cleo',
      alertId: id,
      facts: { denial: 'not-a-responder', action: ACTION.menu },
    });
    // The minute may have changed while she pressed.
    expect(denied.length).toBeLessThanOrEqual(2);
  });

  it('and all of it can be read in Slack, page by page', async () => {
    const { ana, slack } = world;
    for (let n = 0; n < 12; n++) await ana.press(card, ACTION.acknowledge);
    await slack.until(() => ana.ephemerals().length >= 12, 'the refusals');
    await ana.command(CHANNEL, '/groupwatch', `audit ${id.toLowerCase()}`);
    const page = await answer('Audit log of the alert');
    expect(page.text).toMatch(/: 1[89]$/);
    expect(shown(page)).toContain(`<@U0ANA> (\`Ana\`, \`U0ANA\` of \`${slack.teamId}\`)`);
    expect(shown(page)).toContain('*refused* · resolved');
    await ana.press(page, ACTION.older);
    await slack.until(() => shown(page).includes('open → acknowledged'), 'the older page');
    expect(shown(page)).toContain('*raised* · open');
    expect(shown(page)).toContain('Groupwatch');
    await ana.command(CHANNEL, '/groupwatch', 'audit GW-NOTHING');
    expect((await answer('GW-NOTHING')).text).toContain('nothing');
  });

  it('and the chain is whole, while the program runs and after it has stopped', async () => {
    const whole = async () => {
      const log = await openAudit(engine.url);
      const verdict = await verify(log.rows(), log.head);
      await log.close();
      return verdict;
    };
    expect(await whole()).toMatchObject({ is: 'whole', verified: (await entries()).length });
    await world.restart();
    expect(await whole()).toMatchObject({ is: 'whole' });
  });
});
