import type { Standing } from './policy/policy.ts';
import type { Signal } from './risk/signal.ts';
import { type RiskFactor, riskOf, severityOf } from './risk.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** What couldn't be read, why, and which permission it takes: a sentence that quotes AWS. */
export interface Unread {
  why: string;
  /** It may be there the next time. */
  passing: boolean;
}

/** What a group grants, in short: its strongest grants in words that quote its policies. */
export interface Granted {
  is: Standing;
  because: string[];
  /** Something in it couldn't be judged, and was taken as broad. */
  doubtful: boolean;
}

/** An alert's own risk as it was found out, beside the rule's. */
export interface Assessment {
  at: Instant;
  score: number;
  severity: Severity;
  /** What adds most first. */
  factors: RiskFactor[];
  /** Absent when nothing could be read of the group. */
  granted?: Granted;
  unread: Unread[];
  /** Policy documents left for the next look, to ask AWS less for a card. */
  documentsLeft: number;
}

/** What a look at an alert came to. */
export type Look = Pick<Assessment, 'at' | 'granted' | 'unread' | 'documentsLeft'> & { signals: Signal[] };

/** Of these a group has the strongest one. */
const BY_GRANTS = new Set(['administrator', 'escalation', 'broad-write']);

/**
 * The risk by this look and the one before: what was found out once stays true of the alert, even if somebody has
 * cleaned up since. Only what was taken as broad for want of knowing gives way to what is known.
 */
export function assess(ruleScore: number, { signals, ...look }: Look, before?: Assessment): Assessment {
  const { factors } = riskOf(ruleScore, signals);
  const kept = before?.factors.filter((factor) => staysTrue(factor, factors, before)) ?? [];
  const stronger = kept.find(({ id }) => BY_GRANTS.has(id));
  const now = stronger ? factors.filter(({ id }) => !BY_GRANTS.has(id)) : factors;
  const granted = stronger ? before?.granted : (look.granted ?? before?.granted);
  return { ...look, granted, ...scored(ruleScore, [...now, ...kept]) };
}

/** The same with one thing more that was found out. */
export function withSignal(ruleScore: number, assessment: Assessment, signal: Signal): Assessment {
  const known = new Set(assessment.factors.map(({ id }) => id));
  const added = riskOf(ruleScore, [signal]).factors.filter(({ id }) => !known.has(id));
  return { ...assessment, ...scored(ruleScore, [...assessment.factors, ...added]) };
}

/** Whether a look tells anything that the one before didn't. */
export function isNews(now: Assessment, before: Assessment | undefined): boolean {
  return before === undefined || told(now) !== told(before);
}

/** All but the time, in one order: a row gives its keys in another one. */
const told = ({ score, factors, granted, unread, documentsLeft }: Assessment): string =>
  JSON.stringify([
    score,
    factors.map(({ id, adds, title, evidence }) => [id, adds, title, evidence]),
    granted && [granted.is, granted.because, granted.doubtful],
    unread.map(({ why, passing }) => [why, passing]),
    documentsLeft,
  ]);

function staysTrue(factor: RiskFactor, now: readonly RiskFactor[], before: Assessment): boolean {
  if (now.some(({ id }) => id === factor.id)) return false;
  if (!BY_GRANTS.has(factor.id)) return true;
  return !before.granted?.doubtful && !now.some(({ id, adds }) => BY_GRANTS.has(id) && adds > factor.adds);
}

function scored(
  ruleScore: number,
  factors: RiskFactor[],
): Pick<Assessment, 'score' | 'severity' | 'factors'> {
  const score = Math.min(
    100,
    factors.reduce((sum, { adds }) => sum + adds, ruleScore),
  );
  return { score, severity: severityOf(score), factors: factors.toSorted((a, b) => b.adds - a.adds) };
}
