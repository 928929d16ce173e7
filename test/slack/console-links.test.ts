import { expect, it } from 'vitest';
import type { CloudTrailEvent } from '../../src/domain/event.ts';
import { consoleLinks } from '../../src/slack/console-links.ts';
import { alertWith } from '../support/alerts.ts';

function eventOf(different: Record<string, unknown>): CloudTrailEvent {
  const { cause } = alertWith({}, different);
  if (cause.is !== 'match') throw new Error('the record is unreadable');
  return cause.event;
}

const user = (partition: string) => ({ type: 'IAMUser', arn: `arn:${partition}:iam::1:user/alice` });

it.each([
  ['aws', 'eu-central-1', 'us-east-1', 'console.aws.amazon.com'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1', 'console.amazonaws-us-gov.com'],
  ['aws-cn', 'cn-north-1', 'cn-north-1', 'console.amazonaws.cn'],
])('links of %s lead to its own console', (partition, awsRegion, home, host) => {
  const event = eventOf({ awsRegion, userIdentity: user(partition) });
  const links = consoleLinks(event, { subject: 'bob', object: 'admins' });
  const iam = `https://${home}.${host}/iam/home#`;
  expect(links).toEqual({
    subject: `${iam}/users/details/bob?section=permissions`,
    object: `${iam}/groups/details/admins?section=permissions`,
    event: `https://${host}/cloudtrailv2/home?region=${awsRegion}#/events/${event.eventId}`,
  });
});

it('without an ARN the Region tells the partition; one whose console is not known has no links', () => {
  const gov = eventOf({ awsRegion: 'us-gov-west-1', userIdentity: {} });
  expect(consoleLinks(gov, { subject: 'bob' }).subject).toContain('amazonaws-us-gov.com');
  expect(consoleLinks(eventOf({ userIdentity: user('aws-iso') }), { subject: 'bob' })).toEqual({});
});

it('no name breaks out of a link', () => {
  const { subject } = consoleLinks(eventOf({}), { subject: 'a/../b?c#d|e>f&"' });
  expect(subject).not.toMatch(/[|>"]|\/\.\./);
});

it('a name that AWS can not have leads nowhere, and half a character breaks nothing', () => {
  const { subject, object, event } = consoleLinks(eventOf({}), {
    subject: 'x'.repeat(129),
    object: '\ud800x',
  });
  expect(subject).toBeUndefined();
  expect(object).toContain('/groups/details/%EF%BF%BDx?');
  expect(event).toContain('#/events/');
});

it('no ARN makes up a console', () => {
  expect(consoleLinks(eventOf({ userIdentity: user('constructor') }), { subject: 'bob' })).toEqual({});
});
