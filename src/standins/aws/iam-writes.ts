import { randomUUID } from 'node:crypto';
import type { Actor } from './actors.ts';
import { Refusal } from './answer.ts';
import type { Estate } from './estate.ts';
import { elementsOf, groupShape, userShape } from './iam-shapes.ts';
import { type CloudTrailRecord, recordOf } from './record.ts';
import type { XmlValue } from './xml.ts';

/** IAM's writes: each changes the directory and gives what IAM answers. */
const WRITES = {
  CreateUser: ({ directory, home }, { userName = '', path = '/' }, at) => ({
    User: userShape(home, directory.create('user', { name: userName, path, createdAt: at })),
  }),
  CreateGroup: ({ directory, home }, { groupName = '', path = '/' }, at) => ({
    Group: groupShape(home, directory.create('group', { name: groupName, path, createdAt: at })),
  }),
  AddUserToGroup: ({ directory }, { userName = '', groupName = '' }) => {
    directory.join(userName, groupName);
    return {};
  },
  RemoveUserFromGroup: ({ directory }, { userName = '', groupName = '' }) => {
    directory.leave(userName, groupName);
    return {};
  },
} satisfies Record<string, Write>;

type Shapes = Record<string, Record<string, string>>;
type Write = (estate: Estate, parameters: Record<string, string>, at: number) => Shapes;

/** Names of the writes. */
export type IamWrite = keyof typeof WRITES;

/** The writes that there are, by name. */
export const IAM_WRITES = Object.keys(WRITES).filter((name): name is IamWrite => name in WRITES);

/** A write as someone asks for it. */
export interface WriteRequest {
  write: IamWrite;
  parameters: Record<string, string>;
  by: Actor;
  /** ms since epoch */
  at: number;
  requestId?: string;
  /** Refused before anything is looked at, as for want of permission; then no parameters are recorded. */
  refused?: { errorCode: string; errorMessage: string };
  over?: Record<string, unknown>;
  lateMs?: number;
  twice?: boolean;
}

/** What became of a write: the record of it, and the answer or refusal. */
export interface Written {
  record: CloudTrailRecord;
  answer: XmlValue;
  refusal?: Refusal;
}

/** Does what IAM does, and writes what CloudTrail writes about it, of a refused call too. */
export function writeIam(estate: Estate, asked: WriteRequest): Written {
  const { shapes, refusal } = attempt(estate, asked);
  const refused =
    asked.refused ?? (refusal && { errorCode: `${refusal.code}Exception`, errorMessage: refusal.message });
  const elements = Object.entries(shapes).map(([name, shape]) => [name.toLowerCase(), elementsOf(shape)]);
  const record = recordOf(estate.home, {
    eventName: asked.write,
    at: asked.at,
    by: asked.by,
    parameters: asked.refused ? null : asked.parameters,
    response: elements.length ? Object.fromEntries(elements) : null,
    requestId: asked.requestId ?? randomUUID(),
    refused,
    over: asked.over,
  });
  const delivery = { cloudTrailEvent: JSON.stringify(record), lateMs: asked.lateMs };
  estate.trail.deliver(delivery);
  if (asked.twice) estate.trail.deliver(delivery);
  return { record, answer: shapes, refusal };
}

function attempt(estate: Estate, asked: WriteRequest): { shapes: Shapes; refusal?: Refusal } {
  if (asked.refused) return { shapes: {} };
  try {
    return { shapes: WRITES[asked.write](estate, asked.parameters, asked.at) };
  } catch (error) {
    if (error instanceof Refusal) return { shapes: {}, refusal: error };
    throw error;
  }
}
