import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { CloudTrailEvent } from '../../src/domain/event.ts';
import { addUserToGroup } from '../support/records.ts';

function read(different: Record<string, unknown> = {}): CloudTrailEvent {
  const reading = readRecord(JSON.stringify(addUserToGroup(different)), {
    account: '999',
    region: 'us-east-1',
  });
  if (reading.is !== 'event') throw new Error(`unreadable: ${reading.why}`);
  return reading.event;
}

describe('the actor of a record', () => {
  it.each<[what: string, identity: unknown, name: string, type: string]>([
    ['missing', undefined, 'unknown', 'Unknown'],
    ['null', null, 'unknown', 'Unknown'],
    ['text', 'alice', 'unknown', 'Unknown'],
    ['without type', { userName: 'alice' }, 'alice', 'Unknown'],
    ['root', { type: 'Root', arn: 'arn:aws:iam::1:root', principalId: '1' }, 'root', 'Root'],
    ['an IAM user', { type: 'IAMUser', userName: 'alice', accessKeyId: '' }, 'alice', 'IAMUser'],
    [
      'an IAM user with a path',
      { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ops/alice' },
      'alice',
      'IAMUser',
    ],
    [
      'hidden',
      { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      'HIDDEN_DUE_TO_SECURITY_REASONS',
      'IAMUser',
    ],
    [
      'a role session',
      {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::1:assumed-role/Admin/x',
        sessionContext: { sessionIssuer: {} },
      },
      'Admin',
      'AssumedRole',
    ],
    ['a role', { type: 'Role', sessionContext: { sessionIssuer: { userName: 'Deploy' } } }, 'Deploy', 'Role'],
    ['federated', { type: 'FederatedUser', principalId: '123:frida' }, 'frida', 'FederatedUser'],
    ['SAML', { type: 'SAMLUser', userName: 'sam', principalId: 'x' }, 'sam', 'SAMLUser'],
    ['a web identity', { type: 'WebIdentityUser', userName: 'w' }, 'w', 'WebIdentityUser'],
    [
      'Identity Center',
      { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } },
      'u-1',
      'IdentityCenterUser',
    ],
    ['another account', { type: 'AWSAccount', principalId: 'AIDAX', accountId: '2' }, 'AIDAX', 'AWSAccount'],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' },
      'cloudformation.amazonaws.com',
      'AWSService',
    ],
    ['a directory', { type: 'Directory' }, 'unknown', 'Directory'],
    ['of a type to come', { type: 'Robot', userName: 'r2' }, 'r2', 'Robot'],
    [
      'full of empty text',
      { type: '', arn: '', userName: '', accessKeyId: '', sessionContext: '' },
      'unknown',
      'Unknown',
    ],
  ])('is read when it is %s', (_, userIdentity, name, type) => {
    expect(read({ userIdentity }).actor).toMatchObject({ name, type });
  });

  it('is the human behind a role session: source identity first, no machine', () => {
    const arn = (session: string) => ({
      type: 'AssumedRole',
      arn: `arn:aws:sts::1:assumed-role/Admin/${session}`,
    });
    const human = (userIdentity: object) => read({ userIdentity }).actor.human;
    expect(human(arn('ana@example.com'))).toEqual({ name: 'ana@example.com', by: 'sessionName' });
    expect(human({ ...arn('x'), sessionContext: { sourceIdentity: 'ben' } })).toEqual({
      name: 'ben',
      by: 'sourceIdentity',
    });
    expect(human(arn('i-0123456789abcdef0'))).toBeUndefined();
    expect(human({ type: 'IAMUser', userName: 'x' })).toBeUndefined();
  });

  it('has multi-factor authentication when the record says so, in text or not', () => {
    const mfa = (mfaAuthenticated: unknown) =>
      read({ userIdentity: { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated } } } }).actor
        .mfa;
    expect(['true', true, 'false', false, undefined, 'maybe'].map(mfa)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  it('shows delegated access', () => {
    const userIdentity = { type: 'AssumedRole', invokedByDelegate: { accountId: '444455556666' } };
    expect(read({ userIdentity }).actor.delegateAccount).toBe('444455556666');
  });
});

describe('the address of a record', () => {
  it.each([
    ['198.51.100.7', 'ip'],
    ['2001:db8::1', 'ip'],
    ['::ffff:198.51.100.7', 'ip'],
    ['cloudformation.amazonaws.com', 'service'],
    ['AWS Internal', 'aws-internal'],
    ['AWS Internal/3', 'aws-internal'],
    ['127.1', 'unknown'],
    ['010.0.0.1', 'unknown'],
    ['<!channel>', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    [42, 'unknown'],
  ])('%s is %s', (sourceIPAddress, is) => {
    expect(read({ sourceIPAddress }).sourceAddress.is).toBe(is);
  });
});

describe('the rest of a record', () => {
  it.each([['-'], ['none'], ['null'], ['<!channel>'], ['a'.repeat(64)], ['b'.repeat(128)], ['+=,.@_-']])(
    'keeps the name %s as it is',
    (name) => {
      expect(read({ requestParameters: { userName: name, groupName: name } }).parameters).toEqual({
        userName: name,
        groupName: name,
      });
    },
  );

  it.each([[null], [undefined], ['x'], [[]]])('has no parameters when they are %s', (requestParameters) => {
    expect(read({ requestParameters }).parameters).toEqual({});
  });

  it('says when AWS left the parameters out', () => {
    expect(read({ requestParameters: { omitted: true } }).parametersOmitted).toBe(true);
  });

  it.each([
    ['2026-11-24T03:27:23Z', Date.UTC(2026, 10, 24, 3, 27, 23)],
    ['20261124T032723Z', Date.UTC(2026, 10, 24, 3, 27, 23)],
    ['2026-11-24T03:27:23.5Z', Date.UTC(2026, 10, 24, 3, 27, 23, 500)],
  ])('takes the time %s', (eventTime, time) => {
    expect(read({ eventTime }).time).toBe(time);
  });

  it('takes its account from where there is one', () => {
    expect(read({ recipientAccountId: undefined }).account).toBe('111122223333');
    expect(read({ recipientAccountId: undefined, userIdentity: {} }).account).toBe('999');
  });

  it.each([
    ['a session of the console', { sessionCredentialFromConsole: 'true', userAgent: 'Mozilla/5.0' }, true],
    ['an older console', { userAgent: 'signin.amazonaws.com' }, true],
    ['the command line', {}, false],
  ])('tells %s', (_, different, fromConsole) => {
    expect(read(different).fromConsole).toBe(fromConsole);
  });

  it('keeps why it was delivered late, or what it corrects', () => {
    const addendum = { reason: 'UPDATED_DATA', originalEventID: 'e-1', updatedFields: 'userAgent' };
    expect(read({ addendum }).addendum).toEqual({
      reason: 'UPDATED_DATA',
      originalEventId: 'e-1',
      updatedFields: 'userAgent',
    });
    expect(read({ addendum: { reason: 'DELIVERY_DELAY' } }).addendum?.reason).toBe('DELIVERY_DELAY');
    expect(read({ addendum: 'x' }).addendum).toBeUndefined();
  });

  it.each([['with spaces in'], ['\0'], ['x'.repeat(300)], [42], ['']])(
    'takes %j for no id: its content is the key, and its account another',
    (odd) => {
      const event = read({ eventID: odd, requestID: odd, recipientAccountId: odd });
      expect(event.key).toMatch(/^sha256:/);
      expect(event.requestId).toBeUndefined();
      expect(event.account).toBe('111122223333');
    },
  );

  it('reads readOnly as text', () => {
    expect(read({ readOnly: 'false' }).readOnly).toBe(false);
  });

  it('has a key of its content when it has no eventID, in whatever order it is written', () => {
    const record = addUserToGroup({ eventID: undefined });
    const turned = Object.fromEntries(Object.entries(record).reverse());
    const key = read({ eventID: undefined }).key;
    expect(key).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(readRecord(JSON.stringify(turned))).toMatchObject({ event: { key } });
    expect(read({ eventID: undefined, userAgent: 'other' }).key).not.toBe(key);
  });
});

describe('what can not be read', () => {
  it.each([
    ['{"broken', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['{}', 'it has no eventSource or no eventName'],
    ['{"eventSource":"iam.amazonaws.com","eventName":"X"}', 'its eventTime is missing or not a time'],
  ])('%s is kept, with the reason', (raw, why) => {
    expect(readRecord(raw)).toMatchObject({ is: 'unreadable', why, raw });
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.string(), (raw) => readRecord(raw).raw === raw));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(addUserToGroup())), fc.jsonValue()),
        (different) => {
          readRecord(JSON.stringify(addUserToGroup(different)));
        },
      ),
    );
  });

  it('survives nesting deeper than any stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const raw = JSON.stringify(addUserToGroup({ eventID: undefined })).replace('"aws-cli/2.17.0"', deep);
    expect(['event', 'unreadable']).toContain(readRecord(raw).is);
  });

  it('is not fooled by names of the language', () => {
    const raw =
      '{"eventSource":"a","eventName":"b","eventTime":"2026-11-24T03:27:23Z","requestParameters":{"__proto__":"x","constructor":"y"}}';
    expect(readRecord(raw)).toMatchObject({ event: { parameters: { constructor: 'y' } } });
  });
});
