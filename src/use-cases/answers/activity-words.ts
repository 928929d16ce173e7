import type { Activity, Seen } from '../../domain/activity.ts';
import { listed, type Sentence, say, strong, type Table, utc, when } from '../../domain/answer.ts';

/** What somebody did, in one sentence. */
export function summary(who: string, { events, writes, failures, services, addresses }: Activity): Sentence {
  if (events === 0) return say`The ${who}: nothing recorded`;
  return [
    ...say`The ${who}: ${strong(events)} calls, ${writes} that write, ${failures} failed; services `,
    ...listed(
      services.map(({ name }) => name),
      4,
    ),
    ...say`; ${addresses.length} addresses`,
  ];
}

/** Where, from where, and what was made and taken on. */
export function besides(
  who: string,
  { regions, addresses, first, last, made, assumed }: Activity,
): Sentence[] {
  if (first === undefined || last === undefined) return [];
  return [
    [
      ...say`The ${who}, seen from ${when(first)} to ${when(last)}, in `,
      ...listed(regions.map(({ name }) => name)),
    ],
    [
      ...say`From `,
      ...listed(
        addresses.map(({ name }) => name),
        8,
      ),
    ],
    ...(made.length > 0
      ? [
          [
            ...say`Made: `,
            ...listed(
              made.map(({ call, name }) => `${call} ${name ?? ''}`),
              8,
            ),
          ],
        ]
      : []),
    ...(assumed.length > 0
      ? [
          [
            ...say`Roles taken on: `,
            ...listed(
              assumed.map(({ role }) => role),
              8,
            ),
          ],
        ]
      : []),
  ];
}

/** Every call that writes or failed, every service and address. */
export function tableOf(activities: readonly [string, Activity][]): Table | undefined {
  const rowsOf = (who: string, what: string, list: readonly Seen[]): string[][] =>
    list.map(({ name, count, first, last }) => [who, what, name, String(count), utc(first), utc(last)]);
  const rows = activities.flatMap(([who, { writeCalls, failedCalls, services, addresses }]) => [
    ...rowsOf(who, 'write', writeCalls),
    ...rowsOf(who, 'failed', failedCalls),
    ...rowsOf(who, 'service', services),
    ...rowsOf(who, 'address', addresses),
  ]);
  if (rows.length === 0) return undefined;
  return { columns: ['Who', 'What', 'Which', 'Times', 'First (UTC)', 'Last (UTC)'], rows };
}
