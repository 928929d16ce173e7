import { addressOf, callOf } from '../../domain/activity.ts';
import { type Answer, name, say, strong, when } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import { originOf } from '../../domain/origin.ts';
import { EVENT_HISTORY, SourceFailure } from '../../ports/cloudtrail.ts';
import type { LookedUp, Looking, LookUpNeeds, Wanted } from './wanted.ts';

/** One event by its id, as CloudTrail has it in the Regions that are looked in. */
export async function lookUpEvent(
  { alerts, sourceIn, regions, clock }: LookUpNeeds,
  { text: id, account }: Wanted,
  { signal }: Looking,
): Promise<LookedUp> {
  const ours = await alerts.search({ eventId: id, account, limit: 1, offset: 0 });
  const window = { start: clock.now() - EVENT_HISTORY, end: clock.now() };
  const missing: string[] = [];
  for (const region of regions) {
    try {
      const scan = { by: { key: 'EventId', value: id }, window, behindPolls: true } as const;
      for await (const page of sourceIn(region).pages(scan, signal))
        for (const reading of page)
          if (reading.is === 'event') return found(reading.event, id, region, clock.now());
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceFailure)) throw error;
      missing.push(
        error.trouble === 'access-denied'
          ? 'not allowed to read CloudTrail: grant cloudtrail:LookupEvents'
          : `reading CloudTrail in ${region} failed: ${error.message}`,
      );
    }
  }
  if (ours.total === 0) return { is: 'unknown', near: [], missing };
  const short = [say`CloudTrail's 90 days have it no more, or it is of another Region`];
  const answer: Answer = { at: clock.now(), source: regions.join(', '), short, more: [], missing };
  return { is: 'found', name: id, history: { eventId: id }, answer };
}

function found(event: CloudTrailEvent, id: string, region: string, at: number): LookedUp {
  const { actor, errorCode, errorMessage, parameters, userAgent } = event;
  const rows = Object.entries(parameters).map(([key, value]) => [key, value]);
  const refused = errorCode ?? errorMessage;
  return {
    is: 'found',
    name: id,
    history: { eventId: id },
    answer: {
      at,
      source: `CloudTrail in ${region}`,
      short: [
        say`${strong(callOf(event))}, ${when(event.time)}, ${refused === undefined ? 'done' : 'refused'}`,
        say`By ${name(actor.human?.name ?? actor.name)} (${actor.type}), from ${name(addressOf(event.sourceAddress))}`,
        say`Seems to be made by ${originOf(event)}: ${name(userAgent ?? 'no user agent')}`,
      ],
      more: [
        say`ARN ${name(actor.arn)}, access key ${name(actor.accessKeyId ?? 'none')}`,
        ...(refused === undefined ? [] : [say`AWS said ${name(errorCode)}: ${name(errorMessage)}`]),
      ],
      table: rows.length === 0 ? undefined : { columns: ['Parameter', 'Value'], rows },
      missing: [],
    },
  };
}
