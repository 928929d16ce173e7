/** One figure, with what it was measured against in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  comparison: string;
  against: number;
}

/** The value that this share of all values doesn't exceed: 0.5 for the median, 0.95 for the slowest of twenty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** One line of JSON, rounded to what such a measure can tell. */
export const lineOf = (figure: Figure): string =>
  JSON.stringify({ ...figure, value: rounded(figure.value), against: rounded(figure.against) });

const rounded = (value: number): number => Number(value.toPrecision(4));
