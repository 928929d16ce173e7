import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { CloudTrailEvent } from '../../src/domain/event.ts';
import { originOf } from '../../src/domain/origin.ts';
import {
  chainByOrigin,
  chainSignals,
  firstSignal,
  massOf,
  massSignal,
} from '../../src/domain/risk/history-signals.ts';
import { addUserToGroup } from '../support/records.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function event(different: Record<string, unknown> = {}): CloudTrailEvent {
  const reading = readRecord(JSON.stringify(addUserToGroup(different)));
  if (reading.is !== 'event') throw new Error(reading.why);
  return reading.event;
}

const NOW = event().time;
const at = (ago: number, key = `k${ago}`) => ({ key, time: NOW - ago });

describe('many additions', () => {
  it.each([
    ['alone', [], 1],
    ['four before and this one', [9, 8, 7, 1].map((n) => at(n * MINUTE)), 5],
    ['some before and some after, in ten minutes all told', [5, 4, -2, -4].map((n) => at(n * MINUTE)), 5],
    ['twenty minutes wide: the fuller half counts', [9, 8, -1, -2, -3, -9].map((n) => at(n * MINUTE)), 5],
    ['ten minutes to the second', [at(10 * MINUTE), at(0, 'x')], 3],
    ['too early', [at(11 * MINUTE)], 1],
    ['the same ones twice', [at(MINUTE), at(MINUTE), at(0, 'me')], 2],
  ])('%s', (_, others, count) => {
    expect(massOf({ key: 'me', time: NOW }, others)).toHaveLength(count);
  });

  it('are told with their span', () => {
    expect(massSignal([at(5 * MINUTE), at(MINUTE)])).toEqual([
      { is: 'mass-addition', count: 2, within: 4 * MINUTE },
    ]);
    expect(massSignal([at(0)])).toEqual([]);
  });
});

describe('the first addition', () => {
  const earlier = (ago: number, different = {}) =>
    event({ eventID: `e${ago}`, eventTime: new Date(NOW - ago).toISOString(), ...different });
  const past = (...calls: CloudTrailEvent[]) => firstSignal(event(), { calls, from: NOW - 90 * DAY });

  it('is one when there was none before by this actor that AWS took', () => {
    const other = { userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/x', userName: 'x' } };
    expect(past()).toEqual([{ is: 'first-addition', days: 90 }]);
    expect(past(earlier(DAY, other))).toHaveLength(1);
    expect(past(earlier(DAY, { errorCode: 'AccessDenied' }))).toHaveLength(1);
    expect(past(earlier(5 * MINUTE))).toHaveLength(1);
    expect(past(earlier(DAY))).toEqual([]);
  });

  it('says how far was looked', () => {
    expect(firstSignal(event(), { calls: [], from: NOW - 12 * DAY })).toEqual([
      { is: 'first-addition', days: 12 },
    ]);
    expect(firstSignal(event(), { calls: [], from: NOW })).toEqual([]);
  });
});

describe('a chain', () => {
  const about = { parameter: 'groupName', name: 'Admins' };
  const call = (name: string, ago: number, different = {}) =>
    event({
      eventID: name,
      eventName: name,
      eventTime: new Date(NOW - ago).toISOString(),
      requestParameters: { groupName: 'admins' },
      ...different,
    });

  it('is of calls on the same group in the day before, whatever the letter case', () => {
    const calls = [
      call('AttachGroupPolicy', MINUTE),
      call('PutGroupPolicy', DAY),
      call('PutGroupPolicy', DAY + MINUTE),
      call('AttachGroupPolicy', -MINUTE),
      call('AttachGroupPolicy', MINUTE, { requestParameters: { groupName: 'others' } }),
      call('AttachGroupPolicy', MINUTE, { errorCode: 'AccessDenied' }),
      call('AttachGroupPolicy', MINUTE, { requestParameters: null }),
    ];
    expect(chainSignals(event(), about, calls)).toEqual([
      { is: 'chain', event: 'AttachGroupPolicy', before: MINUTE },
      { is: 'chain', event: 'PutGroupPolicy', before: DAY },
    ]);
  });

  it('may begin with the group itself, as IAM tells', () => {
    const origin = (createdAt: number) =>
      ({ is: 'known', at: NOW, value: { id: 'AGPA', createdAt } }) as const;
    expect(chainByOrigin(event(), origin(NOW - MINUTE), 'CreateGroup')).toHaveLength(1);
    expect(chainByOrigin(event(), origin(NOW - 2 * DAY), 'CreateGroup')).toEqual([]);
    expect(chainByOrigin(event(), origin(NOW + MINUTE), 'CreateGroup')).toEqual([]);
    expect(chainByOrigin(event(), { is: 'gone', at: NOW }, 'CreateGroup')).toEqual([]);
  });
});

describe('where a call seems to come from', () => {
  it.each([
    ['aws-cli/2.17.0 md/x', {}, 'CLI'],
    ['Boto3/1.35 md/Botocore', {}, 'SDK'],
    ['aws-sdk-go-v2/1.30', {}, 'SDK'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.9.5 terraform-provider-aws aws-sdk-go-v2/1', {}, 'Terraform'],
    ['AWS Internal', {}, 'console'],
    ['Mozilla/5.0', { sessionCredentialFromConsole: 'true' }, 'console'],
    ['cloudformation.amazonaws.com', { sourceIPAddress: 'cloudformation.amazonaws.com' }, 'CloudFormation'],
    ['x', { sourceIPAddress: 'servicecatalog.amazonaws.com' }, 'AWS service'],
    ['curl/8', {}, 'unknown'],
  ])('%s', (userAgent, more, origin) => {
    expect(originOf(event({ userAgent, ...more }))).toBe(origin);
  });
});
