import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import { attemptedOf, isDenied } from '../../src/rules/attempt.ts';
import { RULES } from '../../src/rules/catalogue.ts';
import { iamGroupAdditionRefused } from '../../src/rules/iam-group-addition-refused.ts';
import { iamUserAddedToGroup as rule } from '../../src/rules/iam-user-added-to-group.ts';
import { matchOf } from '../../src/rules/rule.ts';
import { addUserToGroup } from '../support/records.ts';

function refused(errorMessage: string | undefined, different: Record<string, unknown> = {}) {
  const record = { errorCode: 'AccessDenied', errorMessage, requestParameters: null, ...different };
  const reading = readRecord(JSON.stringify(addUserToGroup(record)));
  if (reading.is !== 'event') throw new Error(reading.why);
  return reading.event;
}
const told = (resource: string): string =>
  `User: arn:aws:iam::111122223333:user/trudy is not authorized to perform: iam:AddUserToGroup on resource: ${resource} because no identity-based policy allows the iam:AddUserToGroup action`;

describe('what was attempted', () => {
  it.each([
    ['group admins', 'admins'],
    ['arn:aws:iam::111122223333:group/admins', 'admins'],
    ['arn:aws:iam::111122223333:group/staff/eu/admins', 'admins'],
    ['arn:aws-us-gov:iam::111122223333:group/a+=,.@-_', 'a+=,.@-_'],
    ['arn:aws:iam::111122223333:user/bob', undefined],
    ['user bob', undefined],
    ['*', undefined],
  ])('is named by the message: %s', (resource, group) => {
    expect(attemptedOf(rule, refused(told(resource)))).toEqual({ subject: undefined, object: group });
  });

  it('is named by the parameters first', () => {
    const requestParameters = { userName: 'eve', groupName: 'ops' };
    expect(attemptedOf(rule, refused(told('group admins'), { requestParameters }))).toEqual({
      subject: 'eve',
      object: 'ops',
    });
  });

  it('may be named by nobody, and a long message holds nothing up', () => {
    expect(attemptedOf(rule, refused(undefined))).toEqual({ subject: undefined, object: undefined });
    const long = `on resource: arn:aws:iam::1:group/${'a/'.repeat(100_000)}`;
    expect(attemptedOf(rule, refused(long)).object).toBeUndefined();
  });
});

describe('an attempt is for want of permission', () => {
  it.each([
    ['AccessDenied', 'x', true],
    ['AccessDeniedException', undefined, true],
    ['Client.UnauthorizedOperation', undefined, true],
    [undefined, told('group admins'), true],
    ['NoSuchEntityException', 'The group with name x cannot be found.', false],
    ['LimitExceededException', 'Cannot exceed quota for GroupsPerUser: 10', false],
  ])('%s, %s: %s', (errorCode, errorMessage, denied) => {
    const event = refused(errorMessage, { errorCode });
    expect(isDenied(event)).toBe(denied);
    expect(matchOf(rule, event)).toBe('refused');
  });
});

it('the rule about it is of our own, and has the same guide', () => {
  expect(RULES).toContain(iamGroupAdditionRefused);
  expect(iamGroupAdditionRefused).toMatchObject({
    type: 'threshold',
    threshold: { count: 5, withinMinutes: 10 },
    condition: { action: rule.condition.action, outcome: 'failure' },
  });
  expect(iamGroupAdditionRefused.guide).toBe(rule.guide);
  expect(iamGroupAdditionRefused.id).not.toBe(rule.id);
});
