import type { Finding, Health } from './finding.ts';

const MARKS: Record<Health, string> = { well: 'ok  ', odd: 'WARN', ill: 'FAIL', unchecked: '-   ' };

/** 0 when all is well, 1 with something odd, 2 when Groupwatch can't work so. What wasn't checked counts for nothing. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ is }) => is === 'ill')) return 2;
  return findings.some(({ is }) => is === 'odd') ? 1 : 0;
}

/** A line a finding, the remedy at its end. */
export function inLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .map(({ check, is, says, remedy }) => {
      const words = remedy ? `${says} ${remedy}` : says;
      return `${MARKS[is]}  ${check.padEnd(width)}  ${plain(words)}\n`;
    })
    .join('');
}

/** For programs: one JSON object. */
export function inJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ exit: exitCodeOf(findings), findings }, null, 2)}\n`;
}

/** What AWS or Slack wrote may not move the cursor of a terminal, nor make two lines of one. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
