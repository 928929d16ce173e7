import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { CloudTrailEvent } from '../../src/domain/event.ts';
import { type Conditions, flawsOf, isInForce, matches } from '../../src/domain/exception.ts';
import { DAY } from '../../src/domain/time.ts';
import { addUserToGroup } from '../support/records.ts';

const FIT = { reason: 'Nightly onboarding job of HR', lasts: 30 * DAY };

function eventWith(different: Record<string, unknown> = {}): CloudTrailEvent {
  const reading = readRecord(JSON.stringify(addUserToGroup(different)));
  if (reading.is !== 'event') throw new Error(reading.why);
  return reading.event;
}

const ARN = 'arn:aws:iam::111122223333:user/hr-bot';
const event = eventWith({
  userIdentity: { type: 'IAMUser', userName: 'hr-bot', arn: ARN, accountId: '111122223333' },
  sourceIPAddress: '203.0.113.7',
  userAgent: 'Boto3/1.40.1 md/Botocore#1.40.1',
});
const about = { subject: 'bob', object: 'readers' };

describe('conditions', () => {
  it.each<[string, Conditions, boolean]>([
    ['actor by name and group', { actor: 'HR-Bot', group: 'Readers' }, true],
    ['actor by ARN and user', { actor: ARN, user: 'BOB' }, true],
    ['another actor', { actor: 'hr-bot2', group: 'readers' }, false],
    ['another group', { actor: 'hr-bot', group: 'admins' }, false],
    ['the address', { actor: 'hr-bot', source: '203.0.113.7' }, true],
    ['the address in IPv6 dress', { actor: 'hr-bot', source: '::ffff:203.0.113.7' }, true],
    ['a block of addresses', { actor: 'hr-bot', source: '203.0.113.0/24' }, true],
    ['a block beside it', { actor: 'hr-bot', source: '203.0.114.0/24' }, false],
    ['a block of IPv6', { actor: 'hr-bot', source: '2001:db8::/32' }, false],
    ['the user agent by pattern', { actor: 'hr-bot', userAgent: 'boto3/*' }, true],
    ['a pattern that is no regular expression', { actor: 'hr-bot', userAgent: 'Boto3.1*' }, false],
    ['the account', { actor: 'hr-bot', group: 'readers', account: '111122223333' }, true],
    ['another account', { actor: 'hr-bot', group: 'readers', account: '444455556666' }, false],
    ['nothing at all', {}, false],
  ])('%s', (_, conditions, expected) => {
    expect(matches(conditions, event, about)).toBe(expected);
  });

  it('on a role hold for each of its sessions, and for nobody who only has its name', () => {
    const role = 'arn:aws:sts::111122223333:assumed-role/Admin';
    const session = eventWith();
    const wanted = { actor: role, group: 'readers' };
    expect(matches(wanted, session, about)).toBe(true);
    expect(matches({ ...wanted, actor: `${role}/alice@example.com` }, session, about)).toBe(true);
    expect(matches({ ...wanted, actor: `${role}/bob@example.com` }, session, about)).toBe(false);
    const namesake = eventWith({
      userIdentity: { type: 'IAMUser', userName: 'Admin', arn: 'arn:aws:iam::111122223333:user/Admin' },
    });
    const elsewhere = eventWith({
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::444455556666:assumed-role/Admin/x' },
    });
    for (const other of [namesake, elsewhere]) expect(matches(wanted, other, about)).toBe(false);
  });

  it('on an address hold for no service name, and an IPv4 address in IPv6 dress is the same', () => {
    const internal = eventWith({ sourceIPAddress: 'AWS Internal' });
    expect(matches({ user: 'bob', source: '203.0.113.0/24' }, internal, about)).toBe(false);
    const mapped = eventWith({ sourceIPAddress: '::ffff:203.0.113.7' });
    expect(matches({ user: 'bob', source: '203.0.113.0/24' }, mapped, about)).toBe(true);
  });

  it('more of them never exempt more', () => {
    const some = fc.record(
      {
        actor: fc.constantFrom('hr-bot', 'other'),
        user: fc.constantFrom('bob', 'eve'),
        group: fc.constantFrom('readers', 'admins'),
        source: fc.constantFrom('203.0.113.0/24', '198.51.100.1'),
        userAgent: fc.constantFrom('Boto3/*', 'aws-cli/*'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, some, (one, more) => {
        const both = { ...more, ...one };
        if (Object.keys(one).length > 0 && matches(both, event, about))
          expect(matches(one, event, about)).toBe(true);
      }),
    );
  });
});

describe('an exception is refused', () => {
  it.each<[string, Conditions, { reason: string; lasts: number }, string]>([
    ['by user agent alone', { userAgent: 'Boto3/*' }, FIT, 'userAgent'],
    ['by user agent and account', { userAgent: 'Boto3/*', account: '111122223333' }, FIT, 'userAgent'],
    ['by account alone', { account: '111122223333' }, FIT, 'conditions'],
    ['by one condition', { actor: 'hr-bot' }, FIT, 'conditions'],
    [
      'by address and user agent, with nobody named',
      { source: '203.0.113.7', userAgent: 'Boto3/*' },
      FIT,
      'conditions',
    ],
    ['without conditions', {}, FIT, 'conditions'],
    ['with a user agent that is any', { actor: 'hr-bot', userAgent: '**' }, FIT, 'userAgent'],
    ['from anywhere', { actor: 'hr-bot', source: '0.0.0.0/0' }, FIT, 'source'],
    ['from half of IPv6', { actor: 'hr-bot', source: '2000::/3' }, FIT, 'source'],
    ['from junk', { actor: 'hr-bot', source: 'the office' }, FIT, 'source'],
    ['for any actor', { actor: '*', group: 'readers' }, FIT, 'actor'],
    ['without a reason', { actor: 'hr-bot', group: 'readers' }, { ...FIT, reason: ' ok ' }, 'reason'],
    ['for longer than 90 days', { actor: 'hr-bot', group: 'readers' }, { ...FIT, lasts: 91 * DAY }, 'expiry'],
    ['for no time', { actor: 'hr-bot', group: 'readers' }, { ...FIT, lasts: 0 }, 'expiry'],
  ])('%s', (_, conditions, rest, where) => {
    expect(flawsOf(conditions, rest).map((flaw) => flaw.in)).toContain(where);
  });

  it('for no other reason', () => {
    expect(flawsOf({ actor: 'hr-bot', group: 'readers', userAgent: 'Boto3/*' }, FIT)).toEqual([]);
  });
});

describe('an exception is in force', () => {
  const made = {
    id: 'EX-1',
    version: 1,
    alertId: 'GW-1',
    conditions: { actor: 'hr-bot', group: 'readers' },
    reason: FIT.reason,
    by: 'U0ANA',
    at: 0,
    expiresAt: 30 * DAY,
    hits: 0,
  };
  it('while it is active and its time has not passed', () => {
    const active = { ...made, state: { is: 'active', at: 0 } } as const;
    expect(isInForce(active, 30 * DAY - 1)).toBe(true);
    expect(isInForce(active, 30 * DAY)).toBe(false);
    expect(isInForce({ ...made, state: { is: 'pending' } }, 1)).toBe(false);
    expect(isInForce({ ...made, state: { is: 'ended', at: 1 } }, 1)).toBe(false);
  });
});
