/** Elastic's bands of the risk score: low up to 21, medium up to 47, high up to 73, critical above. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
