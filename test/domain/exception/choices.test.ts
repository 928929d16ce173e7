import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenConditions, conditionChoices } from '../../../src/domain/exception/choices.ts';
import { matches } from '../../../src/domain/exception.ts';
import { alertWith } from '../../support/alerts.ts';
import { nasty } from '../../support/markup.ts';

const suggested = (record: Record<string, unknown> = {}): Record<string, string> =>
  Object.fromEntries(
    conditionChoices(alertWith({}, record)).map(({ choice, value }) => [choice, value] as const),
  );

describe('what an alert suggests for an exception', () => {
  it('is everything that its record says', () => {
    expect(suggested()).toEqual({
      actor: 'arn:aws:sts::111122223333:assumed-role/Admin',
      session: 'arn:aws:sts::111122223333:assumed-role/Admin/alice@example.com',
      user: 'bob',
      group: 'admins',
      account: '111122223333',
      block: '198.51.100.0/24',
      address: '198.51.100.7',
      'user-agent': 'aws-cli/*',
    });
  });

  it('names an IAM user by the ARN, since a role may have the same name', () => {
    const userIdentity = {
      type: 'IAMUser',
      userName: 'hr-bot',
      arn: 'arn:aws:iam::111122223333:user/hr-bot',
    };
    expect(suggested({ userIdentity })).toMatchObject({ actor: userIdentity.arn });
    expect(suggested({ userIdentity })).not.toHaveProperty('session');
  });

  it.each([
    ['2001:db8:1:2:3::7', '2001:db8:1:2::/64'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ])('has a block around %s', (sourceIPAddress, block) => {
    expect(suggested({ sourceIPAddress }).block).toBe(block);
  });

  it('has no address where AWS called, and nothing of what the record leaves out', () => {
    const left = suggested({
      sourceIPAddress: 'cloudformation.amazonaws.com',
      requestParameters: null,
      userAgent: undefined,
    });
    expect(Object.keys(left).toSorted()).toEqual(['account', 'actor', 'session']);
    expect(conditionChoices(alertWith({ cause: { is: 'unreadable', why: 'no JSON' } }))).toEqual([]);
  });

  it.each([
    [
      'aws-cli/2.17.0 md/awscrt#0.20.11 ua/2.0 os/linux md/arch#x86_64',
      'aws-cli/* md/awscrt#* ua/* os/linux md/arch#x86_64',
    ],
    ['Boto3/1.40.1 Python/3.12.4 Linux/5.10.225-213.878.amzn2', 'Boto3/* Python/* Linux/*'],
    ['aws-sdk-go-v2/1.30.3 m/E', 'aws-sdk-go-v2/* m/E'],
    ['console.amazonaws.com', 'console.amazonaws.com'],
  ])('writes any version for that of %s', (userAgent, pattern) => {
    expect(suggested({ userAgent })['user-agent']).toBe(pattern);
  });
});

describe('conditions that were chosen', () => {
  const alert = alertWith();
  const choices = conditionChoices(alert);

  it('are those, and of two on the same thing the narrower one', () => {
    expect(chosenConditions(choices, ['group', 'actor'])).toEqual({
      actor: 'arn:aws:sts::111122223333:assumed-role/Admin',
      group: 'admins',
    });
    expect(chosenConditions(choices, ['actor', 'session', 'address', 'block', 'junk'])).toEqual({
      actor: 'arn:aws:sts::111122223333:assumed-role/Admin/alice@example.com',
      source: '198.51.100.7',
    });
    expect(chosenConditions(choices, [])).toEqual({});
  });

  it('always hold for the alert that suggested them, whatever it is called', () => {
    fc.assert(
      fc.property(
        nasty,
        nasty,
        nasty,
        fc.oneof(fc.ipV4(), fc.ipV6()),
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1 }),
        (user, group, userAgent, sourceIPAddress, picked) => {
          const odd = alertWith(
            {},
            { requestParameters: { userName: user, groupName: group }, userAgent, sourceIPAddress },
          );
          const all = conditionChoices(odd);
          const chosen = picked.flatMap((at) => all[at]?.choice ?? []);
          if (odd.cause.is !== 'match' || chosen.length === 0) return;
          expect(matches(chosenConditions(all, chosen), odd.cause.event, odd.cause)).toBe(true);
        },
      ),
    );
  });
});
