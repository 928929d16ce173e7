import { succeeded } from './actor.ts';
import type { CloudTrailEvent, SourceAddress } from './event.ts';
import { HOUR, type Instant } from './time.ts';

/** How often something was seen, and when first and last. */
export interface Seen {
  name: string;
  count: number;
  first: Instant;
  last: Instant;
}

/** Something that was made: a user, a key, a password. `name` is whom it is for, where the record tells. */
export interface Made {
  at: Instant;
  call: string;
  name?: string;
}

/** A role that was taken on. */
export interface Assumed {
  at: Instant;
  role: string;
  session?: string;
}

/** Calls of one hour, by service. */
export interface ActiveHour {
  start: Instant;
  services: Record<string, number>;
}

/** What was done in a span of time by an actor or user, reduced to what a responder asks. Most frequent first. */
export interface Activity {
  from: Instant;
  to: Instant;
  events: number;
  writes: number;
  failures: number;
  first?: Instant;
  last?: Instant;
  services: Seen[];
  regions: Seen[];
  addresses: Seen[];
  /** `iam:CreateUser`. */
  writeCalls: Seen[];
  failedCalls: Seen[];
  made: Made[];
  assumed: Assumed[];
  signIns: { at: Instant; from: string; failed: boolean }[];
  hours: ActiveHour[];
}

/** Calls that make somebody or something that can sign in. */
const MAKING = new Set([
  'CreateUser',
  'CreateLoginProfile',
  'CreateAccessKey',
  'CreateServiceSpecificCredential',
  'CreateVirtualMFADevice',
  'UploadSSHPublicKey',
  'UploadSigningCertificate',
  'CreateRole',
]);

/** Sums up events of a span; an event that is there twice counts twice. */
export function activityIn(
  events: readonly CloudTrailEvent[],
  span: { from: Instant; to: Instant },
): Activity {
  const ordered = events.toSorted((a, b) => a.time - b.time);
  const writes = ordered.filter(isWrite);
  const failed = ordered.filter((event) => !succeeded(event));
  const ok = ordered.filter(succeeded);
  return {
    ...span,
    events: ordered.length,
    writes: writes.length,
    failures: failed.length,
    first: ordered[0]?.time,
    last: ordered.at(-1)?.time,
    services: seen(ordered, serviceOf),
    regions: seen(ordered, ({ region }) => region),
    addresses: seen(ordered, ({ sourceAddress }) => addressOf(sourceAddress)),
    writeCalls: seen(writes, callOf),
    failedCalls: seen(failed, (event) => `${callOf(event)}: ${event.errorCode ?? 'failed'}`),
    made: ok.filter(({ name }) => MAKING.has(name)).map(madeBy),
    assumed: ok.flatMap(assumedBy),
    signIns: ordered
      .filter(({ name }) => name === 'ConsoleLogin')
      .map((event) => ({
        at: event.time,
        from: addressOf(event.sourceAddress),
        failed: !succeeded(event),
      })),
    hours: hoursOf(ordered, span),
  };
}

/** `iam` of `iam.amazonaws.com`. */
export const serviceOf = ({ source }: CloudTrailEvent): string =>
  source.replace(/\.amazonaws\.com(\.cn)?$/, '');

/** `iam:CreateUser`. */
export const callOf = (event: CloudTrailEvent): string => `${serviceOf(event)}:${event.name}`;

export const addressOf = ({ text }: SourceAddress): string => text || 'not in the record';

/** CloudTrail says what only reads; what it doesn't say it of is taken for a write. */
const isWrite = (event: CloudTrailEvent): boolean => event.readOnly !== true && succeeded(event);

const madeBy = ({ time, name, parameters, actor }: CloudTrailEvent): Made => ({
  at: time,
  call: name,
  name: parameters.userName ?? parameters.roleName ?? actor.name,
});

function assumedBy({ name, source, time, parameters }: CloudTrailEvent): Assumed[] {
  if (source !== 'sts.amazonaws.com' || !name.startsWith('AssumeRole') || !parameters.roleArn) return [];
  return [{ at: time, role: parameters.roleArn, session: parameters.roleSessionName }];
}

function seen(events: readonly CloudTrailEvent[], nameOf: (event: CloudTrailEvent) => string): Seen[] {
  const all = new Map<string, Seen>();
  for (const event of events) {
    const name = nameOf(event);
    const { count, first } = all.get(name) ?? { count: 0, first: event.time };
    all.set(name, { name, count: count + 1, first, last: event.time });
  }
  return [...all.values()].sort((a, b) => b.count - a.count || a.first - b.first);
}

function hoursOf(
  events: readonly CloudTrailEvent[],
  { from, to }: { from: Instant; to: Instant },
): ActiveHour[] {
  const hours: ActiveHour[] = [];
  for (let start = Math.floor(from / HOUR) * HOUR; start < to; start += HOUR)
    hours.push({ start, services: {} });
  for (const event of events) {
    const hour = hours[Math.floor((event.time - (hours[0]?.start ?? 0)) / HOUR)];
    const service = serviceOf(event);
    if (hour) hour.services[service] = (hour.services[service] ?? 0) + 1;
  }
  return hours;
}
