import type { Alert } from './alert.ts';
import type { Severity } from './severity.ts';

/** How much an account matters, as its owners say. */
export const CRITICALITIES = ['low', 'normal', 'high'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** Where the alerts go that fit all of it. What is left out fits every alert. */
export interface Route {
  /** Ids of accounts. */
  accounts?: readonly string[];
  severities?: readonly Severity[];
  /** Names of groups, whatever their letter case, with `*` for any text. */
  groups?: readonly string[];
  channel: string;
}

type Routed = Pick<Alert, 'account' | 'severity' | 'cause'>;

/** The channel of the first route that fits; else nothing. */
export function channelFor(alert: Routed, routes: readonly Route[]): string | undefined {
  return routes.find((route) => fits(alert, route))?.channel;
}

function fits({ account, severity, cause }: Routed, { accounts, severities, groups }: Route): boolean {
  const group = cause.is === 'match' ? cause.object : undefined;
  return (
    (!accounts || accounts.includes(account)) &&
    (!severities || severities.includes(severity)) &&
    (!groups || (group !== undefined && groups.some((pattern) => patternOf(pattern).test(group))))
  );
}

/** What `*` for any text means; names in IAM are unique whatever their letter case. */
export function patternOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is');
}
