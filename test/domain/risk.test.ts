import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import { readDocument } from '../../src/domain/policy/document.ts';
import { judge, type Verdict } from '../../src/domain/policy/verdict.ts';
import { FACTORS } from '../../src/domain/risk/factors.ts';
import { signalsOfRecord } from '../../src/domain/risk/record-signals.ts';
import type { Signal } from '../../src/domain/risk/signal.ts';
import { riskOf, severityOf } from '../../src/domain/risk.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import { addUserToGroup } from '../support/records.ts';
import { allow, policy, withMfa } from './policy/policies.ts';

const grants = (verdict: Verdict, group = 'admins'): Signal => ({ is: 'grants', group, verdict });
const admin = grants(judge([policy(allow('*'))]));
const escalation = grants(judge([policy(allow('iam:PassRole', 'ec2:RunInstances'))]), 'ops');
const broad = grants(judge([policy(allow('s3:*'))]), 'data');
const narrow = grants(judge([policy(allow('s3:Get*'))]), 'readers');
const self: Signal = { is: 'self-addition', user: 'bob', by: 'user' };

describe('what each factor adds to the rule', () => {
  it.each<[what: string, signals: Signal[], id: string, adds: number, evidence: string | RegExp]>([
    [
      'administrator rights',
      [admin],
      'administrator',
      55,
      /^gives every action.*: \* on \* by test, statement 1$/,
    ],
    ['a path', [escalation], 'escalation', 35, /^iam:PassRole \+ ec2:RunInstances: .*iam:PassRole on \*/],
    ['broad write access', [broad], 'broad-write', 20, 'writes to all of s3: s3:* on * by test, statement 1'],
    [
      'what cannot be judged',
      [grants(judge([{ name: 'odd', document: readDocument('?') }]))],
      'broad-write',
      20,
      /^can't judge odd/,
    ],
    ['a self-addition', [self], 'self-addition', 26, 'bob is actor and added user'],
    [
      'a self-addition by a role',
      [{ ...self, by: 'source-identity' }],
      'self-addition',
      26,
      /source identity bob/,
    ],
    ['the root', [{ is: 'root' }], 'root', 26, /Root/],
    [
      'a chain',
      [
        { is: 'chain', event: 'CreateGroup', before: 90 * MINUTE },
        { is: 'chain', event: 'AttachGroupPolicy', before: MINUTE },
      ],
      'chain',
      20,
      'CreateGroup 1 h 30 min before, AttachGroupPolicy 1 min before',
    ],
    [
      'a new user',
      [{ is: 'new-user', user: 'bob', age: 3 * HOUR }],
      'new-user',
      15,
      'bob was created 3 h before',
    ],
    [
      'no second factor',
      [{ is: 'weak-session', why: 'no-mfa' }],
      'weak-session',
      10,
      'mfaAuthenticated is false',
    ],
    [
      'a long-term key',
      [
        { is: 'weak-session', why: 'long-term-key' },
        { is: 'weak-session', why: 'no-mfa' },
      ],
      'weak-session',
      10,
      /AKIA.*, mfa/,
    ],
    ['a first', [{ is: 'first-addition', days: 90 }], 'first-addition', 10, 'none before in 90 days'],
    [
      'many',
      [{ is: 'mass-addition', count: 5, within: 4 * MINUTE }],
      'mass-addition',
      15,
      '5 additions by this actor in 4 min',
    ],
    [
      'a delegate',
      [{ is: 'delegated-access', account: '444455556666' }],
      'delegated-access',
      20,
      /444455556666/,
    ],
    [
      'a password alone',
      [{ is: 'password-without-mfa', user: 'bob' }],
      'password-without-mfa',
      5,
      /bob has a console password/,
    ],
    ['a No', [{ is: 'disowned', by: 'Ana' }], 'disowned', 30, 'Ana answered No'],
  ])('%s', (_, signals, id, adds, evidence) => {
    const { score, factors } = riskOf(21, signals);
    expect(factors).toEqual([
      {
        id,
        adds,
        title: expect.stringMatching(/\w/),
        evidence: typeof evidence === 'string' ? evidence : expect.stringMatching(evidence),
      },
    ]);
    expect(score).toBe(21 + adds);
  });

  it.each<[what: string, signals: Signal[]]>([
    ['nothing', []],
    ['a narrow group', [narrow]],
    ['a group that gives nothing', [grants(judge([]))]],
    ['a group made the day before', [{ is: 'chain', event: 'CreateGroup', before: DAY + 1 }]],
    ['a policy attached later', [{ is: 'chain', event: 'AttachGroupPolicy', before: -1 }]],
    ['a user of last week', [{ is: 'new-user', user: 'bob', age: 7 * DAY }]],
    ['four additions', [{ is: 'mass-addition', count: 4, within: MINUTE }]],
    ['five in an hour', [{ is: 'mass-addition', count: 5, within: HOUR }]],
  ])('%s adds nothing', (_, signals) => {
    expect(riskOf(21, signals)).toEqual({ score: 21, severity: 'low', factors: [] });
  });

  it('has an id and words of its own', () => {
    expect(new Set(FACTORS.map(({ id }) => id)).size).toBe(FACTORS.length);
    expect(new Set(FACTORS.map(({ title }) => title)).size).toBe(FACTORS.length);
    expect(FACTORS.map(({ adds }) => adds)).toEqual(FACTORS.map(({ adds }) => adds).sort((a, b) => b - a));
  });
});

describe('the score', () => {
  it('counts only the strongest of what groups give', () => {
    expect(riskOf(21, [broad, admin, escalation, narrow]).factors.map(({ id }) => id)).toEqual([
      'administrator',
    ]);
    expect(riskOf(21, [broad, escalation]).factors.map(({ id }) => id)).toEqual(['escalation']);
  });

  it('counts a factor once, however often it is seen', () => {
    expect(riskOf(21, [{ is: 'root' }, { is: 'root' }, self, self]).score).toBe(21 + 26 + 26);
  });

  it('never exceeds 100', () => {
    expect(riskOf(21, [admin, self, { is: 'disowned', by: 'Ana' }])).toMatchObject({
      score: 100,
      severity: 'critical',
    });
  });

  it('says where a grant depends on a condition, and what else there is', () => {
    const only = judge([policy(withMfa(allow('*')))]);
    expect(riskOf(21, [grants(only)]).factors[0]?.evidence).toMatch(
      /if aws:MultiFactorAuthPresent \(under a condition only\)$/,
    );
    const many = judge([policy(allow('iam:*User*'))]);
    expect(riskOf(21, [grants(many)]).factors[0]?.evidence).toMatch(/; and \d+ more$/);
  });

  it.each([
    [0, 'low'],
    [21, 'low'],
    [22, 'medium'],
    [47, 'medium'],
    [48, 'high'],
    [73, 'high'],
    [74, 'critical'],
    [100, 'critical'],
  ])('%i is %s', (score, severity) => {
    expect(severityOf(score)).toBe(severity);
  });

  it.each<[Signal[], string]>([
    [[admin], 'critical'],
    [[escalation], 'high'],
    [[broad], 'medium'],
    [[narrow], 'low'],
    [[self], 'medium'],
    [[{ is: 'root' }, self], 'high'],
  ])('gives the severity %#: %s', (signals, severity) => {
    expect(riskOf(21, signals).severity).toBe(severity);
  });
});

describe('what the record alone tells', () => {
  const user = { type: 'IAMUser', userName: 'bob', accountId: '111122223333', accessKeyId: 'ASIAEXAMPLE01' };
  const session = (mfaAuthenticated: string) => ({ sessionContext: { attributes: { mfaAuthenticated } } });
  const role = (sessionContext: object, name = 'x') => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/Admin/${name}`,
    sessionContext,
  });
  it.each<[what: string, identity: object, signals: Signal[]]>([
    ['of a session with a second factor', { ...user, userName: 'ana', ...session('true') }, []],
    ['of one that says nothing about it', { ...user, userName: 'ana' }, []],
    [
      'of a session without',
      { ...user, userName: 'ana', ...session('false') },
      [{ is: 'weak-session', why: 'no-mfa' }],
    ],
    [
      'of a long-term key',
      { ...user, userName: 'ana', accessKeyId: 'AKIAEXAMPLE01' },
      [{ is: 'weak-session', why: 'long-term-key' }],
    ],
    ['of the user itself', user, [{ is: 'self-addition', user: 'Bob', by: 'user' }]],
    ['of the same name in another account', { ...user, accountId: '444455556666' }, []],
    [
      'of a role of that name',
      { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'bob' } } },
      [],
    ],
    ['of a session of that name', role({}, 'bob'), []],
    [
      'of a session by that source identity',
      role({ sourceIdentity: 'BOB' }),
      [{ is: 'self-addition', user: 'Bob', by: 'source-identity' }],
    ],
    ['of the root', { type: 'Root', accountId: '111122223333' }, [{ is: 'root' }]],
    [
      'of a delegate',
      { ...role({}), invokedByDelegate: { accountId: '444455556666' } },
      [{ is: 'delegated-access', account: '444455556666' }],
    ],
    ['of nobody', {}, []],
  ])('%s', (_, userIdentity, signals) => {
    expect(signalsOfRecord(eventOf({ userIdentity }), 'Bob')).toEqual(signals);
  });

  it('says nothing of a self-addition when the added user is not known', () => {
    expect(signalsOfRecord(eventOf({ userIdentity: user, requestParameters: null }))).toEqual([]);
  });
});

function eventOf(different: Record<string, unknown>) {
  const reading = readRecord(JSON.stringify(addUserToGroup(different)));
  if (reading.is !== 'event') throw new Error(reading.why);
  return reading.event;
}
