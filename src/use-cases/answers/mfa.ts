import { name, type Sentence, say, strong, utc } from '../../domain/answer.ts';
import type { MfaDevice } from '../../domain/facts.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { gaps } from './gaps.ts';
import { userOf } from './whose.ts';

/** Which second factors the added user and the actor have. */
export const findMfa =
  ({ facts, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject } = about;
    const found = gaps();
    const actor = userOf(event.actor);
    const users = [...new Set([subject, actor].filter((one) => one !== undefined))];
    const read = await Promise.all(users.map((user) => facts.cardFacts({ user }, askingOf(about, asked))));
    const rows: string[][] = [];
    const short: Sentence[] = [];
    for (const { user } of read) {
      if (!user) continue;
      const devices = found.of(user.mfa, `the MFA devices of ${user.user}`);
      const password = found.of(user.password, `whether ${user.user} has a password`);
      if (devices) short.push(sentence(user.user, devices, password !== null && password !== undefined));
      for (const { serial, kind, enabledAt } of devices ?? [])
        rows.push([user.user, kind, serial, utc(enabledAt)]);
    }
    if (actor === undefined) short.push(sessionSentence(event.actor.mfa, event.actor.name));
    return {
      at: found.asOf(clock.now()),
      source: 'IAM, the record',
      short,
      more: [],
      table: rows.length === 0 ? undefined : { columns: ['User', 'Kind', 'Serial', 'Since (UTC)'], rows },
      missing: found.missing,
    };
  };

function sentence(user: string, devices: readonly MfaDevice[], password: boolean): Sentence {
  if (devices.length > 0) return say`${name(user)} has ${strong(devices.length)} second factors`;
  return password
    ? say`${name(user)} has ${strong('a password and no second factor')}`
    : say`${name(user)} has no second factor, and no password`;
}

function sessionSentence(mfa: boolean | undefined, actor: string): Sentence {
  if (mfa === undefined)
    return say`The record doesn't say whether the session of ${name(actor)} had a second factor`;
  return say`The session of ${name(actor)} was opened ${strong(mfa ? 'with' : 'without')} a second factor`;
}
