import ipaddr from 'ipaddr.js';
import type { AlertId } from './alert.ts';
import type { CloudTrailEvent } from './event.ts';
import type { UserId } from './person.ts';
import { DAY, type Instant } from './time.ts';

export type ExceptionId = string;

/** What an event must be like to be exempted: all of what is given, compared without regard to case, as IAM does. */
export interface Conditions {
  /** Name or ARN of who acted. A role's session ARN without the session's name is every session of the role. */
  actor?: string;
  /** Who was added. */
  user?: string;
  /** To which group. */
  group?: string;
  account?: string;
  /** An address, or a block of them as CIDR. */
  source?: string;
  /** With `*` for any text. Written by who calls, so it proves nothing alone. */
  userAgent?: string;
}

/**
 * `pending`: it may concern a group that grants much, so a second person must approve it first. `ended` without a
 * person: its time was over.
 */
export type ExceptionState =
  | { is: 'pending' }
  | { is: 'active'; approvedBy?: UserId; at: Instant }
  | { is: 'denied'; by: UserId; at: Instant }
  | { is: 'ended'; by?: UserId; at: Instant };

/** Known behaviour that raises no alert, for a reason and for a time. */
export interface Exception {
  id: ExceptionId;
  version: number;
  /** The alert that it was made from; its thread tells what becomes of it. */
  alertId: AlertId;
  conditions: Conditions;
  reason: string;
  by: UserId;
  at: Instant;
  expiresAt: Instant;
  state: ExceptionState;
  /** How many events it has exempted. */
  hits: number;
  lastHitAt?: Instant;
}

/** The longest that an exception may last; behaviour that is known today may be an intruder's tomorrow. */
export const LONGEST_EXCEPTION = 90 * DAY;

/** What is wrong with an exception that somebody wants, by the input it is about. */
export interface Flaw {
  in: keyof Conditions | 'conditions' | 'expiry' | 'reason';
  why: string;
}

/** Everything that speaks against these conditions; none of it is a matter of taste. */
export function flawsOf(
  conditions: Conditions,
  { reason, lasts }: { reason: string; lasts: number },
): Flaw[] {
  const flaws: Flaw[] = [];
  const { actor, user, group, source, userAgent } = conditions;
  const named = [actor, user, group].filter((one) => one !== undefined).length;
  const all = named + [source, userAgent].filter((one) => one !== undefined).length;
  if (source !== undefined && !blockOf(source)) {
    flaws.push({
      in: 'source',
      why: 'Give an address such as 203.0.113.7, or a block such as 203.0.113.0/24.',
    });
  } else if (source !== undefined && isWide(source)) {
    flaws.push({
      in: 'source',
      why: 'This block holds too much of the internet: at least /8, or /32 for IPv6.',
    });
  }
  if (userAgent !== undefined && userAgent.replaceAll('*', '').trim().length < 3) {
    flaws.push({
      in: 'userAgent',
      why: 'This matches every user agent: name at least three characters of it.',
    });
  }
  if (userAgent !== undefined && all === 1) {
    flaws.push({ in: 'userAgent', why: 'A user agent is written by who calls, so it may not stand alone.' });
  } else if (all < 2 || named === 0) {
    flaws.push({
      in: 'conditions',
      why: 'Combine at least two conditions, one of them the actor, the user or the group: fewer would exempt too much.',
    });
  }
  for (const key of ['actor', 'user', 'group'] as const) {
    if (conditions[key]?.includes('*'))
      flaws.push({ in: key, why: 'Name it in full: `*` is for user agents.' });
  }
  if (reason.trim().length < 10)
    flaws.push({ in: 'reason', why: 'Say in a sentence why this is known behaviour.' });
  if (!(lasts > 0 && lasts <= LONGEST_EXCEPTION))
    flaws.push({ in: 'expiry', why: 'It may last 90 days at most.' });
  return flaws;
}

/** Whether an event is what the conditions describe. An empty set of conditions matches nothing. */
export function matches(
  conditions: Conditions,
  event: CloudTrailEvent,
  about: { subject?: string; object?: string },
): boolean {
  const { actor } = event;
  const tests: [wanted: string | undefined, holds: (wanted: string) => boolean][] = [
    [
      conditions.actor,
      (wanted) => [actor.name, actor.arn, roleOf(actor.arn)].some((one) => same(wanted, one)),
    ],
    [conditions.user, (wanted) => same(wanted, about.subject)],
    [conditions.group, (wanted) => same(wanted, about.object)],
    [conditions.account, (wanted) => wanted === event.account],
    [conditions.source, (wanted) => isFrom(event, wanted)],
    [conditions.userAgent, (wanted) => isLike(event.userAgent, wanted)],
  ];
  const given = tests.flatMap(([wanted, holds]) => (wanted === undefined ? [] : [holds(wanted)]));
  return given.length > 0 && given.every(Boolean);
}

/** Whether it exempts events now. Past its time it doesn't, even before the clock has ended it. */
export function isInForce({ state, expiresAt }: Exception, now: Instant): boolean {
  return state.is === 'active' && now < expiresAt;
}

/** The ARN of a role's session without the session's name, which whoever opens it chooses. */
export const roleOf = (arn: string | undefined): string | undefined =>
  /^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/./.exec(arn ?? '')?.[1];

const same = (wanted: string, found: string | undefined): boolean =>
  wanted.toLowerCase() === found?.toLowerCase();

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number];

function blockOf(text: string): Block | undefined {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;
  }
}

/** Wider than any network that one company calls its own. */
function isWide(text: string): boolean {
  const block = blockOf(text);
  return block !== undefined && block[1] < (block[0].kind() === 'ipv4' ? 8 : 32);
}

function isFrom({ sourceAddress }: CloudTrailEvent, wanted: string): boolean {
  const block = blockOf(wanted);
  if (sourceAddress.is !== 'ip' || !block) return false;
  const address = ipaddr.process(sourceAddress.text);
  return address.kind() === block[0].kind() && address.match(block);
}

/** `*` stands for any text. Piece by piece and not by a regular expression, which a long text can hold up. */
function isLike(userAgent: string | undefined, pattern: string): boolean {
  if (userAgent === undefined) return false;
  const pieces = pattern.toLowerCase().split('*');
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  const text = userAgent.toLowerCase();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
