import { hash } from 'node:crypto';
import { readRecord, readRecordValue } from '../cloudtrail/record.ts';
import type { CloudTrailEvent, Reading } from '../domain/event.ts';
import { ruleOf } from '../rules/catalogue.ts';
import { aboutOf, matchOf, type Rule } from '../rules/rule.ts';
import { splitRecords } from './replay-lines.ts';

export interface ReplayCounts {
  records: number;
  matched: number;
  refused: number;
  unreadable: number;
}

export interface ReplayOutput {
  alert(line: string): void;
  unreadable(at: number, why: string): void;
}

/** Counts over all inputs of one run; an event that comes twice is one alert. */
export function replayer(output: ReplayOutput, rule: Rule = ruleOf('')) {
  const counts: ReplayCounts = { records: 0, matched: 0, refused: 0, unreadable: 0 };
  const seen = new Set<string>();

  function take(reading: Reading, at: number): void {
    counts.records++;
    if (reading.is === 'unreadable') {
      counts.unreadable++;
      output.unreadable(at, reading.why);
      return;
    }
    const match = matchOf(rule, reading.event);
    if (match === 'refused') counts.refused++;
    if (match !== 'match') return;
    // 16 bytes each: a million alerts must be remembered in little memory.
    const key = hash('sha256', `${reading.event.account}|${reading.event.key}`, 'buffer').toString(
      'latin1',
      0,
      16,
    );
    if (seen.has(key)) return;
    seen.add(key);
    counts.matched++;
    output.alert(JSON.stringify(alertLine(reading.event, rule)));
  }

  return {
    counts,
    run: (bytes: AsyncIterable<Buffer>): Promise<void> =>
      splitRecords(bytes, {
        text: (text, at) =>
          readText(
            text,
            rule,
            (reading) => take(reading, at),
            () => counts.records++,
          ),
        broken(why, at) {
          counts.records++;
          counts.unreadable++;
          output.unreadable(at, why);
        },
      }),
  };
}

/** Reads fully only what the rule could match: of most records, provider and action say that it can't. */
function readText(text: string, rule: Rule, take: (reading: Reading) => void, skip: () => void): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    take({ is: 'unreadable', key: '', why: 'it is not JSON', raw: text });
    return;
  }
  const inner =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'CloudTrailEvent') : undefined;
  const { provider, action } = rule.condition;
  if (typeof inner === 'string') take(readRecord(inner));
  else if (typeof value === 'object' && value !== null && isOther(value, provider, action)) skip();
  else take(readRecordValue(value, text));
}

function isOther(record: object, provider: string, action: string): boolean {
  const source: unknown = Reflect.get(record, 'eventSource');
  const name: unknown = Reflect.get(record, 'eventName');
  return typeof source === 'string' && typeof name === 'string' && (source !== provider || name !== action);
}

function alertLine(event: CloudTrailEvent, rule: Rule) {
  const { subject, object } = aboutOf(rule, event);
  return {
    eventKey: event.key,
    eventId: event.eventId ?? null,
    account: event.account,
    eventTime: new Date(event.time).toISOString(),
    actorType: event.actor.type,
    actor: event.actor.name,
    user: subject ?? null,
    group: object ?? null,
    sourceIp: event.sourceAddress.text || null,
    userAgent: event.userAgent ?? null,
    severity: rule.severity,
    riskScore: rule.riskScore,
  };
}
