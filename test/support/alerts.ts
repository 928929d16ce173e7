import { readRecord } from '../../src/cloudtrail/record.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Raised } from '../../src/ports/alerts.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { raisedOf } from '../../src/use-cases/raise-alerts.ts';
import { addUserToGroup } from './records.ts';

const FROM = { account: '111122223333', region: 'us-east-1' };

/** A raised alert, from a record that differs by what a test wants. */
export function raised(different: Record<string, unknown> = {}): Raised {
  const reading = readRecord(JSON.stringify(addUserToGroup(different)), FROM);
  return raisedOf(reading, iamUserAddedToGroup, FROM, Date.UTC(2026, 10, 24, 4));
}

/** An alert from a record as CloudTrail writes it, with what a test wants different in the alert. */
export function alertWith(alert: Partial<Alert> = {}, record: Record<string, unknown> = {}): Alert {
  return { ...raised(record).alert, ...alert };
}

/** Many alerts that differ in everything that must be unique. */
export function manyRaised(count: number, prefix = 'e'): Raised[] {
  return Array.from({ length: count }, (_, n) =>
    raised({
      eventID: `${prefix}-${n}`,
      requestID: `r-${prefix}-${n}`,
      requestParameters: { userName: `user-${n}`, groupName: 'admins' },
    }),
  );
}
