import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ruleOf } from '../../src/rules/catalogue.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { card } from '../../src/slack/views/card.ts';
import { checkMessage } from '../../src/standins/slack/block-kit.ts';
import { raiseAlerts } from '../../src/use-cases/raise-alerts.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { addUserToGroup } from '../support/records.ts';

const FROM = { account: '111122223333', region: 'us-east-1' };
const user = { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/ops/alice' };
const session = { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice' };

/** What CloudTrail was seen or is documented to write, each with words that its card must have. */
const ALERTS: Record<string, [record: Record<string, unknown>, says: string]> = {
  'a newer minor version with fields to come': [{ eventVersion: '1.27', novelty: { x: [1] } }, '`bob`'],
  'an old version without many fields': [
    { eventVersion: '1.0', requestID: undefined, readOnly: undefined, recipientAccountId: undefined },
    '`bob`',
  ],
  'no version': [{ eventVersion: undefined }, '`bob`'],
  'root without a name': [{ userIdentity: { type: 'Root', arn: 'arn:aws:iam::1:root' } }, '*root user*'],
  'root with the alias of the account': [{ userIdentity: { type: 'Root', userName: 'acme' } }, '`acme`'],
  'an IAM user with an empty key': [{ userIdentity: { ...user, accessKeyId: '' } }, 'none in the record'],
  'a user with a path': [{ userIdentity: { ...user, userName: undefined } }, '`alice` added'],
  'a role session without its issuer': [
    { userIdentity: { ...session, sessionContext: { sessionIssuer: {}, webIdFederationData: {} } } },
    '`alice` by the role `Admin`',
  ],
  'a federated user': [{ userIdentity: { type: 'FederatedUser', principalId: '1:frida' } }, '`frida`'],
  'somebody of Identity Center': [
    { userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'd-1' } } },
    'Identity Center user',
  ],
  'an unknown identity': [{ userIdentity: { type: 'Unknown' } }, 'not told by AWS'],
  'no identity': [{ userIdentity: null }, '`unknown` added'],
  'a hidden name': [
    { userIdentity: { ...user, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' } },
    '`HIDDEN_DUE_TO_SECURITY_REASONS`',
  ],
  CloudFormation: [
    {
      userIdentity: { ...session, invokedBy: 'cloudformation.amazonaws.com' },
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
    },
    'called by `cloudformation.amazonaws.com`',
  ],
  'delegated access': [
    { userIdentity: { ...session, invokedByDelegate: { accountId: '444455556666' } } },
    'temporary delegated access',
  ],
  'the console': [{ sessionCredentialFromConsole: 'true', userAgent: 'Mozilla/5.0' }, 'AWS console, '],
  'an old console': [{ userAgent: '[S3Console/0.4, aws-internal/3]' }, 'AWS console, '],
  'AWS Internal': [
    { sourceIPAddress: 'AWS Internal', userAgent: 'AWS Internal' },
    "the console's own address",
  ],
  'an IPv6 address': [{ sourceIPAddress: '2001:db8::23' }, '`2001:db8::23`'],
  'an address that is none': [{ sourceIPAddress: 'somewhere' }, 'not an address'],
  'no address and no agent': [{ sourceIPAddress: undefined, userAgent: undefined }, 'no user agent'],
  'no parameters': [{ requestParameters: null }, "a user that the record doesn't name"],
  'parameters that were too large': [
    { requestParameters: { omitted: true, originalSize: 102401 } },
    "a group that the record doesn't name",
  ],
  'no user among the parameters': [
    { requestParameters: { groupName: 'admins' } },
    "a user that the record doesn't name",
  ],
  'no event ID': [{ eventID: undefined }, '`bob`'],
  'names of punctuation': [{ requestParameters: { userName: '+=,.@_-', groupName: '-' } }, '`+=,.@_-`'],
  'names like values': [{ requestParameters: { userName: 'null', groupName: 'none' } }, '`none`'],
  'a name like a command': [
    { requestParameters: { userName: '<!channel>', groupName: 'g' } },
    '&lt;!channel&gt;',
  ],
  'names of 128 characters': [
    { requestParameters: { userName: 'u'.repeat(64), groupName: 'g'.repeat(128) } },
    'g'.repeat(128),
  ],
  'the basic form of a time': [{ eventTime: '20261124T032723Z' }, '2026-11-24 03:27:23 UTC'],
  'readOnly as text': [{ readOnly: 'false' }, '`bob`'],
  'a late delivery': [{ addendum: { reason: 'DELIVERY_DELAY' } }, 'DELIVERY_DELAY'],
  'an empty errorCode': [{ errorCode: '', errorMessage: null }, '`bob`'],
};

const REFUSED: Record<string, Record<string, unknown>> = {
  'an errorCode': { errorCode: 'AccessDenied', requestParameters: null },
  'an errorMessage alone': { errorMessage: 'User is not authorized' },
  'the code of a group that is full': { errorCode: 'LimitExceeded', errorMessage: 'x' },
};

const OTHERS: Record<string, Record<string, unknown>> = {
  'the same name of Identity Center': { eventSource: 'sso-directory.amazonaws.com' },
  'another name of IAM': { eventName: 'RemoveUserFromGroup' },
  'another letter case': { eventName: 'addUserToGroup' },
};

const UNREADABLE: Record<string, string> = {
  'text that is broken': '{"eventSource":"iam.amazonaws.com","eventName":',
  'no text': '',
  'another value': '"AddUserToGroup"',
  'no time': JSON.stringify(addUserToGroup({ eventTime: undefined })),
  'a time that is none': JSON.stringify(addUserToGroup({ eventTime: 'yesterday' })),
  'no name': JSON.stringify(addUserToGroup({ eventName: null })),
};

describe.each(Object.entries(ENGINES))('what CloudTrail delivers, with %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const deliver = (raws: readonly string[]) =>
    raiseAlerts({
      ...storage,
      clock: { now: () => Date.UTC(2026, 10, 24, 4) },
      rule: iamUserAddedToGroup,
      redraw: () => undefined,
    })(
      raws.map((raw) => readRecord(raw, FROM)),
      FROM,
    );
  /** Each is another event, so that none is taken for a second record of another. */
  const texts = (records: Record<string, Record<string, unknown>>): string[] =>
    Object.values(records).map((record, n) =>
      JSON.stringify(addUserToGroup({ eventID: `e-${n}`, requestID: `r-${n}`, ...record })),
    );
  const cards = async () => {
    const { alerts } = await storage.alerts.search({ limit: 100, offset: 0 });
    return alerts.map((alert) => ({
      key: alert.eventKey,
      ...card(alert, ruleOf(alert.ruleId), {
        version: 1,
        responses: [],
        revokeSessions: false,
        companions: { total: 0, shown: [] },
      }),
    }));
  };

  it('becomes an alert whose card says what the record does, however odd it is', async () => {
    const records = Object.fromEntries(Object.entries(ALERTS).map(([name, [record]]) => [name, record]));
    const report = await deliver(texts(records));
    const count = Object.keys(ALERTS).length;
    expect(report).toMatchObject({ records: count, raised: count, unreadable: 0, refused: 0 });
    const drawn = await cards();
    for (const one of drawn) expect(checkMessage(one)).toEqual([]);
    for (const [n, [name, [, says]]] of Object.entries(ALERTS).entries()) {
      const own =
        drawn.find(({ key }) => key === `e-${n}`) ?? drawn.find(({ key }) => key.startsWith('sha256:'));
      expect(JSON.stringify(own), name).toContain(says);
    }
  });

  it('is counted as an attempt, and no alert, when AWS has refused it', async () => {
    expect(await deliver(texts(REFUSED))).toMatchObject({ raised: 0, refused: 3, unreadable: 0 });
    expect(await cards()).toEqual([]);
  });

  it('is left alone when the rule looks for something else', async () => {
    expect(await deliver(texts(OTHERS))).toMatchObject({ raised: 0, refused: 0, unreadable: 0 });
  });

  it('is kept with its text when nobody can read it', async () => {
    const raws = Object.values(UNREADABLE);
    expect(await deliver(raws)).toMatchObject({ raised: raws.length, unreadable: raws.length });
    const { alerts } = await storage.alerts.search({ limit: 100, offset: 0 });
    const kept = await Promise.all(alerts.map(({ id }) => storage.alerts.rawOf(id)));
    expect(kept.toSorted()).toEqual(raws.toSorted());
    for (const { text } of await cards()) expect(text).toContain('could not be read');
  });

  it('is one alert when it comes twice, also under another event ID, or corrected', async () => {
    const again = addUserToGroup({ eventID: 'again' });
    const corrected = addUserToGroup({
      eventID: 'corrected',
      requestID: 'corrected',
      addendum: {
        reason: 'UPDATED_DATA',
        originalEventID: addUserToGroup().eventID,
        updatedFields: 'userAgent',
      },
    });
    const raws = [addUserToGroup(), addUserToGroup(), again, corrected].map((one) => JSON.stringify(one));
    expect(await deliver(raws)).toMatchObject({ raised: 1, known: 1, linked: 2 });
    expect(await deliver(raws)).toMatchObject({ raised: 0, known: 4, linked: 0 });
    expect(JSON.stringify(await cards())).toContain('CloudTrail has corrected this record (userAgent)');
  });
});
