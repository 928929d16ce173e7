import { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, COMMAND } from '../../src/slack/ids.ts';
import { iamUser, roleSession, root } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { connect } from '../../src/storage/connect.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const ADDITIONS = 5_000;
const CARDS = 100;
/** Of them by the account's root user, and by a role whose session is better than a long-term key. */
const BY_ROOT = 30;
const BY_ROLE = 50;

/** Waits until it is decided which have cards; how many each of the digests holds that the others stand in. */
async function settled(url: string): Promise<number[]> {
  const db = new Kysely<Schema>({ dialect: connect(url, { readonly: true }).dialect });
  const digests = db.selectFrom('audit').select('facts').where('what', '=', 'digested');
  await expect.poll(() => digests.execute(), { timeout: 60_000, interval: 250 }).toHaveLength(2);
  const counts = (await digests.execute()).map(({ facts }) => Number(JSON.parse(facts).alerts));
  await db.destroy();
  return counts.toSorted((one, other) => one - other);
}

const shown = (message: Message | undefined): string => JSON.stringify(message?.blocks);

describe(`${ADDITIONS} additions in one poll`, () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      postEveryMs: 60,
      lookupsPerSecond: 1_000,
      prepare(slack, aws) {
        // Until all are found: on a busy machine the first would be posted before the riskiest are known.
        slack.faults.rateLimitChannel(CHANNEL, 1_000, 1);
        for (let n = 0; n < ADDITIONS; n++) {
          const [user, by] =
            n < BY_ROOT
              ? [`root-${n}`, root()]
              : n < BY_ROOT + BY_ROLE
                ? [`role-${n}`, roleSession('Deploy', 'pipeline', { mfa: true })]
                : [`mass-${n}`, iamUser('mallory')];
          aws.addUserToGroup({ user, group: n % 2 === 0 ? 'readers' : 'writers', by });
        }
      },
    });
  }, 60_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  const top = (): Message[] => world.slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts);
  const digests = (): Message[] => top().filter(({ text }) => text.includes('DG-'));
  const cards = (): Message[] => top().filter(({ text }) => text.includes('GW-'));
  const answer = async (words: string): Promise<Message> => {
    const before = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, COMMAND, words);
    return world.slack.until(() => world.ana.ephemerals()[before], words);
  };

  it('come as one digest for each actor that has too many, before any card', async () => {
    const others = ADDITIONS - BY_ROLE - CARDS;
    expect(await settled(world.databaseUrl)).toEqual([BY_ROLE, others]);
    world.slack.faults.clear();
    await world.slack.until(() => digests().length === 2, 'the digests', 60_000);
    // Those that turn out to be severe get a card, which takes a minute; a slow machine may be there by now.
    const counts = digests().map((one) => Number(/\*(\d+) alerts\* at once/.exec(shown(one))?.[1]));
    expect(Math.max(...counts)).toBeGreaterThan(others / 2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(others);
    expect(Math.min(...counts)).toBeLessThanOrEqual(BY_ROLE);
    expect(cards().length).toBeLessThan(CARDS);
  }, 90_000);

  it('keep nobody waiting who clicks: what they do is shown before the cards that wait', async () => {
    const card = await world.slack.until(() => cards()[0], 'a card');
    await world.ana.press(card, ACTION.acknowledge);
    await world.slack.until(() => shown(card).includes('*Acknowledged*'), 'the card redrawn');
    await world.slack.until(() => world.slack.thread(CHANNEL, card.ts)[0], 'the line');
    expect(cards().length).toBeLessThan(CARDS);
    expect(shown(await answer('status'))).toMatch(/\*Queue to Slack\* \d+/);
  });

  it('have cards for the riskiest, and for as many as may be', async () => {
    const byRoot = (): Message[] => cards().filter(({ text }) => /`root-\d+`/.test(text));
    await world.slack.until(() => byRoot().length === BY_ROOT, 'a card of each by root', 60_000);
    await world.slack.until(() => cards().length >= CARDS, `${CARDS} cards`, 60_000);
  }, 125_000);

  it('are all alerts, and all named in the files of the digests', async () => {
    const files = await world.slack.until(() => {
      const found = digests().flatMap(({ ts }) =>
        world.slack.thread(CHANNEL, ts).flatMap((one) => one.files ?? []),
      );
      return found.length === 2 && found;
    }, 'the files');
    const named = files.flatMap((id) => {
      const lines = world.slack.file(id)?.bytes.toString('utf8').trim().split('\r\n').slice(1) ?? [];
      return lines.map((line) => line.split(',')[7] ?? '');
    });
    const onCards = cards().map(({ text }) => /`((?:mass|role|root)-\d+)`/.exec(text)?.[1] ?? '');
    expect(new Set([...named, ...onCards]).size).toBe(ADDITIONS);
    expect(named).toHaveLength(new Set(named).size);
    expect(shown(await answer('status'))).toContain(`*Alerts* ${ADDITIONS - 1} open, 1 acknowledged`);
  });

  it('have a card once somebody asks for it', async () => {
    const digest = digests().find((one) => shown(one).includes('role-'));
    const id = /GW-\w{12}/.exec(shown(digest))?.[0] ?? '';
    const told = await answer(`alert ${id}`);
    await world.ana.press(told, ACTION.showCard);
    const card = await world.slack.until(() => cards().find(({ text }) => text.includes(id)), 'the card');
    await world.ben.press(card, ACTION.acknowledge);
    await world.slack.until(() => shown(card).includes('<@U0BEN>'), 'the card redrawn');
    expect(shown(await answer(`alert ${id}`))).not.toContain(ACTION.showCard);
  });
});

it('additions over many pages leave half of the cards at least for the riskiest, which come last', async () => {
  const HARMLESS = 150;
  const RISKIER = 130;
  const MOST = 120;
  const FIRST_PAGE = 50;
  const hourAgo = Date.now() - 3_600_000;
  await using world = await startWorld({
    postEveryMs: 5,
    // All of a page is posted before the next one is there.
    lookupsPerSecond: 2,
    settings: { maxAlertsPerRun: MOST },
    prepare(_slack, aws) {
      const add = (name: string, count: number, by: ReturnType<typeof root>, after: number): void => {
        const at = new Date(hourAgo + after);
        for (let n = 0; n < count; n++)
          aws.addUserToGroup({ user: `${name}-${n}`, group: 'readers', by, at });
      };
      add('role', HARMLESS, roleSession('Deploy', 'pipeline', { mfa: true }), 3_000_000);
      add('key', RISKIER, iamUser('mallory'), 600_000);
    },
  });
  await settled(world.databaseUrl);
  const cards = (name: string): number =>
    world.slack.messages(CHANNEL).filter(({ text }) => text.includes('GW-') && text.includes(`\`${name}-`))
      .length;
  await world.slack.until(() => cards('key') >= MOST - FIRST_PAGE, 'the cards of the riskiest', 30_000);
  expect(cards('role')).toBeGreaterThan(0);
}, 90_000);
