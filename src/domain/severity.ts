export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Elastic's bands: low up to 21, medium up to 47, high up to 73, critical above. */
export function severityOf(riskScore: number): Severity {
  if (riskScore <= 21) return 'low';
  if (riskScore <= 47) return 'medium';
  return riskScore <= 73 ? 'high' : 'critical';
}
