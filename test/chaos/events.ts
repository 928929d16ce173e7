import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedEvent } from './plan.ts';
import type { Stage } from './stage.ts';

/** What AWS holds in the end, and so what must have become an alert. */
export interface Happened {
  /** By the eventID of the first record of each addition: the user. */
  additions: Map<string, string>;
  /** Marks in the text of records that nobody can read. */
  broken: string[];
  /** When the last of them can be seen. */
  seenBy: number;
}

/** Has AWS record what is planned, in its time. */
export async function playEvents(stage: Stage, planned: readonly PlannedEvent[]): Promise<Happened> {
  const { aws, now } = stage;
  const happened: Happened = { additions: new Map(), broken: [], seenBy: 0 };
  const records = new Map<string, object>();
  const began = Date.now();
  for (const event of planned) {
    const wait = began + event.atMs - Date.now();
    if (wait > 0) await sleep(wait);
    const { lateMs, twice } = event;
    const at = new Date(now() - event.ageMs);
    happened.seenBy = Math.max(happened.seenBy, now() + lateMs);
    switch (event.is) {
      case 'addition': {
        const { user, group } = event;
        if (event.hasKeys) giveCredentials(stage, user);
        const record = aws.addUserToGroup({ user, group, at, lateMs, twice });
        records.set(user, record);
        happened.additions.set(record.eventID, user);
        break;
      }
      case 'broken':
        happened.broken.push(event.mark);
        aws.deliver({
          cloudTrailEvent: `{"${event.mark}": <!channel>`,
          eventName: 'AddUserToGroup',
          eventTime: at,
          lateMs,
        });
        break;
      case 'refused': {
        const refused = { errorCode: 'AccessDenied', errorMessage: 'not authorized' };
        aws.addUserToGroup({ user: event.user, group: event.group, at, lateMs, twice, refused });
        break;
      }
      case 'twin': {
        const record = records.get(event.of);
        if (record)
          aws.deliver({
            cloudTrailEvent: JSON.stringify({ ...record, eventID: `twin-of-${event.of}` }),
            lateMs,
          });
        break;
      }
    }
  }
  return happened;
}

function giveCredentials({ aws }: Stage, user: string): void {
  const id = user.replace(/\D/g, '').padStart(4, '0');
  aws.given.user({
    name: user,
    keys: [`AKIAEXAMPLE${id}A`, `AKIAEXAMPLE${id}B`],
    sshKeys: [`APKAEXAMPLE${id}`],
    certificates: [`CERTEXAMPLE${id}`],
    serviceCredentials: [`ACCAEXAMPLE${id}`],
  });
}
