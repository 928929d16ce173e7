import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { COMMAND } from '../../src/slack/ids.ts';
import { iamUser } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const shown = ({ blocks, attachments }: Message): string => JSON.stringify([blocks, attachments]);

describe('refused attempts', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const began = new Date(Date.now() - 5 * MINUTE);
  const attempt = (second: number, by = 'trudy'): void =>
    void world.aws.addUserToGroup({
      user: 'trudy',
      group: 'admins',
      by: iamUser(by),
      at: new Date(began.getTime() + second * 1_000),
      refused: {
        errorCode: 'AccessDenied',
        errorMessage: `User: arn:aws:iam::111122223333:user/${by} is not authorized to perform: iam:AddUserToGroup on resource: group admins because no identity-based policy allows it`,
      },
    });
  /** A card that comes after everything before it was polled. */
  const polled = (user: string): Promise<Message> => {
    world.aws.addUserToGroup({ user, group: 'readers' });
    return world.cardOf(user);
  };
  const answer = async (text: string, words: string): Promise<Message> => {
    const before = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, COMMAND, text);
    const found = (): Message | undefined => world.ana.ephemerals()[before];
    const message = await world.slack.until(found, text);
    expect(shown(message)).toContain(words);
    return message;
  };
  const alarms = (): Message[] =>
    world.slack.messages(CHANNEL).filter(({ thread_ts, text }) => !thread_ts && text.includes('AWS refused'));

  it('raise no alert, and are told with their actor and in the status', async () => {
    for (const second of [0, 10, 20, 30]) attempt(second);
    await polled('first');
    await answer('actor Trudy', '*Refused attempts*: 4, last');
    await answer('actor AKIAEXAMPLE01', 'tried to add somebody to `admins`');
    await answer('status', '*Refused attempts* 4, 4 of them in the last 24 hours');
    expect(alarms()).toEqual([]);
  });

  it('raise one alert of their own when they are five by one actor within ten minutes', async () => {
    attempt(50, 'another');
    attempt(40);
    const card = await world.slack.until(() => alarms()[0], 'the alert', 15_000);
    expect(shown(card)).toContain('Additions to IAM groups refused repeatedly');
    expect(shown(card)).toContain('Additions to IAM Groups Refused Repeatedly');
    expect(shown(card)).toContain('`trudy` tried five times or more within ten minutes, and AWS refused');
    expect(shown(card)).toContain('to the group `admins`');
  });

  it('and no second one, whether they go on or come late', async () => {
    for (const second of [60, 70, -100, -90, -80, -70, -60]) attempt(second);
    await polled('second');
    await answer('actor trudy', '*Refused attempts*: 12, last');
    await world.restart();
    await polled('third');
    expect(alarms()).toHaveLength(1);
    await answer('rule', "Groupwatch's own: ");
  });

  it('have caused no warnings', () => {
    expect(world.warnings).toEqual([]);
  });
});
