import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { ADDITIONS, account, allPages, recordIn, sdk } from './sdk.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const noon = () => NOON;

describe('LookupEvents pages', () => {
  it('120 events, newest first, 50 a page, and no token at the end', async () => {
    const aws = await account({ clock: noon });
    const numbers = Array.from({ length: 120 }, (_, n) => n);
    for (const n of numbers)
      aws.addUserToGroup({ user: `user${n}`, group: 'admins', at: new Date(NOON - 1000 * ((n * 7) % 120)) });
    const pages = await allPages(sdk(aws).cloudtrail);
    expect(pages.map((page) => page.Events?.length)).toEqual([50, 50, 20]);
    expect(pages.at(-1)?.NextToken).toBeUndefined();
    const times = pages.flatMap((page) => page.Events ?? []).map((event) => event.EventTime?.getTime());
    expect(times).toEqual(numbers.map((n) => NOON - n * 1000));
    expect(aws.lookups.map(({ outcome, events }) => [outcome, events])).toEqual([
      ['ok', 50],
      ['ok', 50],
      ['ok', 20],
    ]);
  });

  it('with a token that works for its own parameters only', async () => {
    const aws = await account();
    for (const user of ['ana', 'ben', 'cleo']) aws.addUserToGroup({ user, group: 'admins' });
    const { cloudtrail } = sdk(aws);
    const input = { LookupAttributes: ADDITIONS, MaxResults: 2 };
    const { NextToken } = await cloudtrail.send(new LookupEventsCommand(input));
    const invalid = { name: 'InvalidNextTokenException' };
    const other = new LookupEventsCommand({ ...input, MaxResults: 3, NextToken });
    await expect(cloudtrail.send(other)).rejects.toMatchObject(invalid);
    const made = new LookupEventsCommand({ ...input, NextToken: 'made-up' });
    await expect(cloudtrail.send(made)).rejects.toMatchObject(invalid);
    const rest = await cloudtrail.send(new LookupEventsCommand({ ...input, NextToken }));
    expect(rest.Events).toHaveLength(1);
    expect(rest.NextToken).toBeUndefined();
  });

  it('by position: an event that arrives in between shifts the next page', async () => {
    const aws = await account({ clock: noon });
    const add = (user: string, second: number) =>
      aws.addUserToGroup({ user, group: 'admins', at: new Date(NOON - 60_000 + second * 1000) }).eventID;
    const [first, second] = [add('ana', 1), add('ben', 2)];
    const { cloudtrail } = sdk(aws);
    const input = { MaxResults: 1 };
    const page = await cloudtrail.send(new LookupEventsCommand(input));
    expect(page.Events?.map((event) => event.EventId)).toEqual([second]);
    add('cleo', 3);
    const next = await cloudtrail.send(new LookupEventsCommand({ ...input, NextToken: page.NextToken }));
    expect(next.Events?.map((event) => event.EventId)).toEqual([second]);
    const last = await cloudtrail.send(new LookupEventsCommand({ ...input, NextToken: next.NextToken }));
    expect(last.Events?.map((event) => event.EventId)).toEqual([first]);
  });
});

describe('LookupEvents shows', () => {
  it('events at either bound of the window, and none beside it', async () => {
    const aws = await account({ clock: noon });
    const ids = [-1, 0, 5, 10, 11].map(
      (second) =>
        aws.addUserToGroup({ user: 'ana', group: 'admins', at: new Date(NOON - 60_000 + second * 1000) })
          .eventID,
    );
    const window = { StartTime: new Date(NOON - 60_000), EndTime: new Date(NOON - 50_000) };
    const [page] = await allPages(sdk(aws).cloudtrail, window);
    expect(page?.Events?.map((event) => event.EventId)).toEqual([ids[3], ids[2], ids[1]]);
  });

  it('a late event only once it has arrived, at its own time', async () => {
    let now = NOON;
    const aws = await account({ clock: () => now });
    const late = aws.addUserToGroup({ user: 'ana', group: 'admins', lateMs: 60_000 });
    const { cloudtrail } = sdk(aws);
    now += 59_999;
    expect((await allPages(cloudtrail)).flatMap((page) => page.Events ?? [])).toEqual([]);
    now += 1;
    const [page] = await allPages(cloudtrail);
    expect(page?.Events).toMatchObject([{ EventId: late.eventID, EventTime: new Date(NOON) }]);
  });

  it('every event after the delay of the account', async () => {
    let now = NOON;
    const aws = await account({ clock: () => now, delayMs: 300_000 });
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const { cloudtrail } = sdk(aws);
    expect((await allPages(cloudtrail))[0]?.Events).toEqual([]);
    now += 300_000;
    expect((await allPages(cloudtrail))[0]?.Events).toHaveLength(1);
  });

  it('of the same second, what came last first', async () => {
    const aws = await account({ clock: noon });
    const ids = ['ana', 'ben', 'cleo'].map((user) => aws.addUserToGroup({ user, group: 'admins' }).eventID);
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(page?.Events?.map((event) => event.EventId)).toEqual(ids.toReversed());
  });

  it('an event twice under one id, when it was delivered twice', async () => {
    const aws = await account();
    const { eventID } = aws.addUserToGroup({ user: 'ana', group: 'admins', twice: true });
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(page?.Events?.map((event) => event.EventId)).toEqual([eventID, eventID]);
  });

  it("IAM's events in the account's Region only", async () => {
    const aws = await account({ region: 'us-gov-west-1', partition: 'aws-us-gov' });
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const elsewhere = sdk(aws, { region: 'us-gov-east-1' }).cloudtrail;
    expect((await allPages(elsewhere))[0]?.Events).toEqual([]);
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(recordIn(page?.Events?.[0])).toMatchObject({
      awsRegion: 'us-gov-west-1',
      userIdentity: { arn: 'arn:aws-us-gov:iam::111122223333:user/operator' },
    });
  });

  it('beside the record, what AWS tells about it', async () => {
    const aws = await account({ clock: noon });
    const record = aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(page?.Events).toEqual([
      {
        EventId: record.eventID,
        EventName: 'AddUserToGroup',
        ReadOnly: 'false',
        AccessKeyId: 'AKIAEXAMPLE01',
        EventTime: new Date(NOON),
        EventSource: 'iam.amazonaws.com',
        Username: 'operator',
        Resources: [
          { ResourceType: 'AWS::IAM::User', ResourceName: 'ana' },
          { ResourceType: 'AWS::IAM::Group', ResourceName: 'admins' },
        ],
        CloudTrailEvent: JSON.stringify(record),
      },
    ]);
  });

  it("text that isn't a record, as it was delivered", async () => {
    const aws = await account();
    aws.deliver({ cloudTrailEvent: '{"eventVersion":', eventId: 'broken-1', username: 'ana' });
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(page?.Events).toMatchObject([
      { EventId: 'broken-1', Username: 'ana', CloudTrailEvent: '{"eventVersion":' },
    ]);
  });
});

describe('LookupEvents filters', () => {
  it.each([
    ['EventName', 'AddUserToGroup', 1],
    ['EventName', 'addusertogroup', 0],
    ['EventName', 'CreateUser', 1],
    ['EventSource', 'iam.amazonaws.com', 2],
    ['ReadOnly', 'false', 2],
    ['ReadOnly', 'true', 0],
    ['Username', 'operator', 2],
    ['AccessKeyId', 'AKIAEXAMPLE01', 2],
    ['AccessKeyId', 'AKIAEXAMPLE99', 0],
    ['ResourceName', 'admins', 1],
    ['ResourceType', 'AWS::IAM::Group', 1],
    ['EventId', 'none-such', 0],
  ] as const)('%s %s: %i', async (AttributeKey, AttributeValue, count) => {
    const aws = await account();
    aws.createUser('ana');
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const [page] = await allPages(sdk(aws).cloudtrail, {
      LookupAttributes: [{ AttributeKey, AttributeValue }],
    });
    expect(page?.Events).toHaveLength(count);
  });
});

describe('LookupEvents refuses', () => {
  const day = 24 * 3600_000;
  it.each([
    [
      'two attributes',
      'InvalidLookupAttributesException',
      { LookupAttributes: [...ADDITIONS, ...ADDITIONS] },
    ],
    ['no results', 'InvalidMaxResultsException', { MaxResults: 0 }],
    ['51 results', 'InvalidMaxResultsException', { MaxResults: 51 }],
    [
      'an end before its start',
      'InvalidTimeRangeException',
      { StartTime: new Date(NOON), EndTime: new Date(NOON - 1000) },
    ],
    ['91 days ago', 'InvalidTimeRangeException', { StartTime: new Date(NOON - 91 * day) }],
  ])('%s', async (_, name, input) => {
    const aws = await account({ clock: noon });
    const lookup = sdk(aws).cloudtrail.send(new LookupEventsCommand(input));
    await expect(lookup).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    expect(aws.lookups.map(({ outcome }) => outcome)).toEqual([name]);
  });
});
