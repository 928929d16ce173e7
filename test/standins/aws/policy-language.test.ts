import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/standins/aws/policy/decide.ts';
import { statementsOf } from '../../../src/standins/aws/policy/document.ts';
import { contextOf } from '../../../src/standins/aws/policy/statement.ts';

const ANA = 'arn:aws:iam::111122223333:user/staff/ana';

/** Whether one statement that allows says yes. */
function allows(
  statement: object,
  action: string,
  resource: string,
  context: Record<string, string | string[]> = {},
) {
  const Statement = { Effect: 'Allow', ...statement };
  const policy = { name: 'p', statements: statementsOf(JSON.stringify({ Statement })) };
  return decide({ identity: [policy] }, { action, resource, context: contextOf(context) }).is === 'allowed';
}

describe('actions and resources', () => {
  it.each([
    [{ Action: '*', Resource: '*' }, 'iam:GetUser', ANA, true],
    [{ Action: 'IAM:getuser', Resource: '*' }, 'iam:GetUser', ANA, true],
    [{ Action: 'iam:Get*', Resource: '*' }, 'iam:ListUsers', ANA, false],
    [{ Action: 'iam:Get????', Resource: '*' }, 'iam:GetUser', ANA, true],
    [{ Action: 'iam:Get???', Resource: '*' }, 'iam:GetUser', ANA, false],
    [{ Action: ['s3:*', 'iam:GetUser'], Resource: ['arn:aws:s3:::*', ANA] }, 'iam:GetUser', ANA, true],
    [{ NotAction: 'iam:*', Resource: '*' }, 'iam:GetUser', ANA, false],
    [{ NotAction: ['iam:*', 'organizations:*'], Resource: '*' }, 's3:GetObject', '*', true],
    [{ Action: 'iam:*', NotResource: ANA }, 'iam:GetUser', ANA, false],
    [{ Action: 'iam:*', NotResource: ANA }, 'iam:GetUser', ANA.replace('ana', 'ben'), true],
    [{ Action: 'iam:*', Resource: 'arn:aws:iam::111122223333:user/*' }, 'iam:GetUser', ANA, true],
    [{ Action: 'iam:*', Resource: 'arn:aws:iam::*:user/staff/?na' }, 'iam:GetUser', ANA, true],
    [{ Action: 'iam:*', Resource: 'arn:aws:iam::*' }, 'iam:GetUser', ANA, false],
    [{ Action: 'iam:*', Resource: ANA.toUpperCase().replace('ARN', 'arn') }, 'iam:GetUser', ANA, false],
    [{ Action: 'iam:*', Resource: ANA }, 'iam:ListUsers', '*', false],
    [{ Action: 's3:*', Resource: 'arn:aws:s3:::a.b/*' }, 's3:GetObject', 'arn:aws:s3:::axb/c', false],
    [{ Action: 's3:*', Resource: 'arn:aws:s3:::a/*' }, 's3:GetObject', 'arn:aws:s3:::a/b:c\nd', true],
  ])('%j: %s on %s: %s', (statement, action, resource, expected) => {
    expect(allows(statement, action, resource)).toBe(expected);
  });
});

describe('variables stand for what the context says, letter by letter', () => {
  it.each([
    ['ana', true],
    ['ben', false],
    ['*', false],
    [undefined, false],
  ])('%s: %s', (name, expected) => {
    const Resource = `arn:aws:iam::111122223333:user/staff/\${aws:username}`;
    const context: Record<string, string> = name === undefined ? {} : { 'aws:username': name };
    expect(allows({ Action: 'iam:*', Resource }, 'iam:GetUser', ANA, context)).toBe(expected);
  });

  it('in conditions, too, and a literal sign is one', () => {
    const own = { StringEquals: { 'aws:ResourceTag/owner': `\${aws:username}` } };
    const statement = { Action: '*', Resource: '*', Condition: own };
    expect(
      allows(statement, 'iam:GetUser', ANA, { 'aws:ResourceTag/owner': 'ana', 'aws:username': 'ana' }),
    ).toBe(true);
    expect(
      allows(statement, 'iam:GetUser', ANA, { 'aws:ResourceTag/owner': 'ana', 'aws:username': 'ben' }),
    ).toBe(false);
    const starred = { Action: 's3:*', Resource: `arn:aws:s3:::a/\${*}` };
    expect(allows(starred, 's3:GetObject', 'arn:aws:s3:::a/*')).toBe(true);
    expect(allows(starred, 's3:GetObject', 'arn:aws:s3:::a/b')).toBe(false);
  });
});

describe('conditions', () => {
  const DATE = '2026-11-24T03:30:00Z';
  it.each([
    [{ StringEquals: { k: 'a' } }, { K: 'a' }, true],
    [{ StringEquals: { k: ['a', 'b'] } }, { k: 'b' }, true],
    [{ StringEquals: { k: 'a' } }, { k: 'A' }, false],
    [{ StringEquals: { k: 'a' } }, {}, false],
    [{ StringEqualsIfExists: { k: 'a' } }, {}, true],
    [{ StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, false],
    [{ StringEqualsIgnoreCase: { k: 'a' } }, { k: 'A' }, true],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    [{ StringNotEquals: { k: 'a' } }, {}, true],
    [{ StringLike: { k: 'AROA*:ana?' } }, { k: 'AROAEXAMPLE:ana1' }, true],
    [{ StringNotLike: { k: 'a*' } }, { k: 'abc' }, false],
    [{ ArnLike: { k: 'arn:aws:iam::*:policy/*' } }, { k: 'arn:aws:iam::aws:policy/AWSDenyAll' }, true],
    [{ ArnEquals: { k: 'arn:aws:iam::aws:policy/A' } }, { k: 'arn:aws:iam::aws:policy/B' }, false],
    [{ ArnNotEquals: { k: 'arn:aws:iam::aws:policy/A' } }, { k: 'arn:aws:iam::aws:policy/B' }, true],
    [{ Bool: { k: true } }, { k: 'true' }, true],
    [{ Bool: { k: 'false' } }, { k: 'true' }, false],
    [{ BoolIfExists: { k: 'true' } }, {}, true],
    [{ Null: { k: 'true' } }, {}, true],
    [{ Null: { k: 'false' } }, {}, false],
    [{ Null: { k: false } }, { k: 'a' }, true],
    [{ DateLessThan: { k: DATE } }, { k: '2026-11-24T03:29:59Z' }, true],
    [{ DateLessThan: { k: DATE } }, { k: DATE }, false],
    [{ DateLessThan: { k: DATE } }, {}, false],
    [{ DateGreaterThanEquals: { k: '1795491000' } }, { k: DATE }, true],
    [{ NumericLessThanEquals: { k: 90 } }, { k: '90' }, true],
    [{ NumericGreaterThan: { k: '90' } }, { k: '9' }, false],
    [{ IpAddress: { k: ['203.0.113.0/24', '2001:db8::/32'] } }, { k: '203.0.113.9' }, true],
    [{ IpAddress: { k: ['203.0.113.0/24', '2001:db8::/32'] } }, { k: '2001:db8::1' }, true],
    [{ IpAddress: { k: '203.0.113.7' } }, { k: '203.0.113.9' }, false],
    [{ NotIpAddress: { k: '203.0.113.0/24' } }, { k: '198.51.100.1' }, true],
    [{ IpAddress: { k: '203.0.113.0/24' } }, { k: 'cloudformation.amazonaws.com' }, false],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'b'] }, true],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, false],
    [{ 'ForAllValues:StringEquals': { k: 'a' } }, {}, true],
    [{ 'ForAnyValue:StringLike': { k: 'a*' } }, { k: ['b', 'ab'] }, true],
    [{ 'ForAnyValue:StringEquals': { k: 'a' } }, {}, false],
    [{ StringEquals: { k: 'a' }, Bool: { m: 'true' } }, { k: 'a', m: 'false' }, false],
  ])('%j with %j: %s', (Condition, context, expected) => {
    const statement = { Action: '*', Resource: '*', Condition };
    expect(allows(statement, 'iam:GetUser', ANA, { ...context })).toBe(expected);
  });
});
