import { describe, expect, it } from 'vitest';
import { samePerson } from '../../../src/domain/response/four-eyes.ts';
import { alertWith } from '../../support/alerts.ts';
import { requestWith } from '../../support/requests.ts';

const session = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/Cleo@Example.com',
  principalId: 'AROAEXAMPLE:Cleo@Example.com',
};
const nobody = (): readonly string[] => [];

describe('who may not approve, for the sake of who they are', () => {
  const bySession = alertWith({}, { userIdentity: session });
  const byUser = alertWith({}, { userIdentity: { type: 'IAMUser', userName: 'mallory' } });
  const owners = (user: string) =>
    user === 'mallory' ? ['dan@example.com'] : user === 'bob' ? ['eve@example.com'] : [];

  it.each([
    ['who asked', { id: 'U0ANA' }, bySession, nobody, 'is-requester'],
    [
      'the human behind the session, whatever the letter case',
      { id: 'U0CLEO', email: 'cleo@example.COM' },
      bySession,
      nobody,
      'is-actor',
    ],
    [
      'an actor whose user name is their address',
      { id: 'U0M', email: 'mallory@example.com' },
      byUser,
      nobody,
      'is-actor',
    ],
    ['the owner of the acting user', { id: 'U0DAN', email: 'dan@example.com' }, byUser, owners, 'is-actor'],
    ['the user concerned', { id: 'U0BOB', email: 'bob@example.com' }, bySession, nobody, 'is-concerned'],
    [
      'the owner of the user concerned',
      { id: 'U0EVE', email: 'Eve@example.com' },
      bySession,
      owners,
      'is-concerned',
    ],
  ] as const)('%s', (_, person, alert, ownersOf, expected) => {
    expect(samePerson(person, requestWith(), alert, ownersOf)).toBe(expected);
  });

  it('anybody else may, and who has no address can not be told apart', () => {
    expect(
      samePerson({ id: 'U0BEN', email: 'ben@example.com' }, requestWith(), bySession, owners),
    ).toBeUndefined();
    expect(samePerson({ id: 'U0BEN' }, requestWith(), bySession, owners)).toBeUndefined();
  });

  it('the actor, when a request is on the actor itself', () => {
    const request = requestWith({ action: { do: 'disable-user', user: 'mallory', deletePassword: false } });
    expect(samePerson({ id: 'U0M', email: 'mallory@example.com' }, request, bySession, nobody)).toBe(
      'is-concerned',
    );
  });
});
