import type { CloudTrailEvent } from '../domain/event.ts';
import type { GuideStep } from '../domain/guide.ts';
import type { Severity } from '../domain/severity.ts';

/** A tactic of MITRE ATT&CK, with the technique it is reached by where the rule names one. */
export interface Threat {
  tactic: { id: string; name: string };
  technique?: { id: string; name: string };
}

/** A detection rule as data. Nothing outside `rules/` knows what a particular one looks for. */
export interface Rule {
  id: string;
  name: string;
  type: 'query' | 'threshold';
  version: number;
  url: string;
  severity: Severity;
  riskScore: number;
  reads: string[];
  /** How its authors run it; ours differs by configuration. */
  schedule: { everyMinutes: number; lookBackMinutes: number; maxAlertsPerRun: number };
  /**
   * All of it must hold. Success means neither errorCode nor errorMessage. `reversedBy` is no condition: it is the
   * action that takes the other one back.
   */
  condition: {
    dataset: string;
    provider: string;
    action: string;
    outcome: 'success' | 'failure';
    reversedBy: string;
  };
  /** Of the type `threshold`: how many by one actor within how long. */
  threshold?: { count: number; withinMinutes: number };
  /** Request parameters that name whom and what the alert is about. */
  subject: { kind: string; parameter: string };
  object: { kind: string; parameter: string };
  /** Calls on the object that, shortly before, make it one chain: made, given rights, then used. */
  prelude: { created: string; given: readonly string[] };
  /** What happened, for the card's one sentence: "<actor> <verb> <subject> <preposition> <object>". */
  wording: { headline: string; verb: string; preposition: string };
  tags: string[];
  threats: Threat[];
  falsePositives: string[];
  references: string[];
  history: string;
  guide: GuideStep[];
}

/** What one event means to a rule: `refused` is the same call that AWS turned down, an attempt and no alert. */
export type Match = 'match' | 'refused' | 'other';

export function matchOf(rule: Rule, event: CloudTrailEvent): Match {
  if (event.source !== rule.condition.provider || event.name !== rule.condition.action) return 'other';
  return event.errorCode === undefined && event.errorMessage === undefined ? 'match' : 'refused';
}

/** Whom and what the event is about, in the rule's terms; absent where AWS left the parameters out. */
export function aboutOf(rule: Rule, event: CloudTrailEvent): { subject?: string; object?: string } {
  return {
    subject: event.parameters[rule.subject.parameter],
    object: event.parameters[rule.object.parameter],
  };
}
