import { readRecord } from '../../src/cloudtrail/record.ts';
import type { Reading } from '../../src/domain/event.ts';
import type { NewAttempt } from '../../src/ports/attempts.ts';
import { attemptedOf, isDenied } from '../../src/rules/attempt.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { addUserToGroup } from './records.ts';

/** When the first attempt of `refusedAt(0)` happened. */
export const FIRST = Date.UTC(2026, 10, 24, 3);

/** What CloudTrail tells of Trudy who was refused so many seconds after the first; or what a test wants different. */
export function refusedAt(
  seconds: number,
  different: Record<string, unknown> = {},
): Extract<Reading, { is: 'event' }> {
  const reading = readRecord(
    JSON.stringify(
      addUserToGroup({
        userIdentity: {
          type: 'IAMUser',
          userName: 'trudy',
          arn: 'arn:aws:iam::111122223333:user/trudy',
          accessKeyId: 'AKIAEXAMPLE66',
        },
        eventTime: new Date(FIRST + seconds * 1_000).toISOString(),
        eventID: `refused-${seconds}`,
        requestID: `refused-${seconds}`,
        errorCode: 'AccessDenied',
        errorMessage:
          'User: arn:aws:iam::111122223333:user/trudy is not authorized to perform: iam:AddUserToGroup on resource: group admins',
        requestParameters: null,
        ...different,
      }),
    ),
  );
  if (reading.is !== 'event') throw new Error(reading.why);
  return reading;
}

/** The same as an attempt. */
export function attemptAt(seconds: number, different: Record<string, unknown> = {}): NewAttempt {
  const { event, raw } = refusedAt(seconds, different);
  const { account } = event;
  return {
    attempt: { account, event, ...attemptedOf(iamUserAddedToGroup, event), denied: isDenied(event) },
    raw,
    softKey: `${event.requestId}|${event.time}`,
  };
}
