import type { Principal } from './directory.ts';
import { arnIn, exampleId, type Home } from './home.ts';
import type { XmlValue } from './xml.ts';

/** A user as IAM's answers show it. */
export function userShape(home: Home, user: Principal) {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: exampleId('AIDA', user.name),
    Arn: arnIn(home, 'iam', `user${user.path}${user.name}`),
    CreateDate: isoSeconds(user.createdAt),
  } satisfies XmlValue;
}

/** A group as IAM's answers show it. */
export function groupShape(home: Home, group: Principal) {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: exampleId('AGPA', group.name),
    Arn: arnIn(home, 'iam', `group${group.path}${group.name}`),
    CreateDate: isoSeconds(group.createdAt),
  } satisfies XmlValue;
}

/** The same shape in a record's responseElements: names begin small, and the date is as people write it. */
export function elementsOf(shape: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, value]) => [
      `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      name === 'CreateDate' ? DATE.format(new Date(value)).replaceAll('\u202f', ' ') : value,
    ]),
  );
}

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
