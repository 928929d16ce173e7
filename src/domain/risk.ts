import { FACTORS } from './risk/factors.ts';
import type { Signal } from './risk/signal.ts';
import type { Severity } from './severity.ts';

/** A factor that holds for an alert, with its evidence: words that quote outside text. */
export interface RiskFactor {
  id: string;
  adds: number;
  title: string;
  evidence: string;
}

/** An alert's own risk, beside the rule's. */
export interface Risk {
  /** The rule's score and what the factors add, 100 at most. */
  score: number;
  severity: Severity;
  /** What adds most first. */
  factors: RiskFactor[];
}

/** The rule's score raised by every factor that the signals give evidence for, each counted once. */
export function riskOf(ruleScore: number, signals: readonly Signal[]): Risk {
  const taken = new Set<string>();
  const factors: RiskFactor[] = [];
  for (const { id, adds, title, oneOf, evidence } of FACTORS) {
    const found = oneOf !== undefined && taken.has(oneOf) ? undefined : evidence(signals);
    if (found === undefined) continue;
    if (oneOf !== undefined) taken.add(oneOf);
    factors.push({ id, adds, title, evidence: found });
  }
  const score = Math.min(
    100,
    factors.reduce((sum, { adds }) => sum + adds, ruleScore),
  );
  return { score, severity: severityOf(score), factors };
}

/** The band of a score, as Elastic has them: low up to 21, medium up to 47, high up to 73, critical above. */
export function severityOf(score: number): Severity {
  if (score <= 21) return 'low';
  if (score <= 47) return 'medium';
  return score <= 73 ? 'high' : 'critical';
}
