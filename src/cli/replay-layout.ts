/** A first line that is longer isn't one of many. */
const LONGEST_LINE = 1 << 20;

/** `lines` where each line is a record by itself; `structure` for JSON that is laid out in any other way. */
export type Layout = 'lines' | 'structure';

/**
 * Tells the layout by how the bytes begin; undefined as long as more of them could tell better. A line that is
 * broken doesn't make records of the others any less: one whole record among the first lines is enough.
 */
export function layoutOf(head: Buffer, isAll: boolean): Layout | undefined {
  const text = head.toString('utf8');
  if (/^\s*(\[|\{\s*"(Records|Events)"\s*:)/.test(text)) return 'structure';
  const lines = text.split('\n');
  if (!isAll) lines.pop();
  const [first, ...others] = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (first === '{') return 'structure';
  if ([first, ...others].some(isRecord)) return 'lines';
  return isAll || head.length > LONGEST_LINE ? 'structure' : undefined;
}

function isRecord(line: string | undefined): boolean {
  if (!line?.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === 'object' && value !== null && ('eventSource' in value || 'CloudTrailEvent' in value)
    );
  } catch {
    return false;
  }
}
