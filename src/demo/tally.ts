/** What came of the story, in figures. */
export interface Tally {
  additions: number;
  alerts: number;
  cards: number;
  lost: number;
  duplicates: number;
  refusedClicks: number;
  /** Steps of one guide that the bot has answered. */
  answers: number;
  contained: number;
  restored: number;
  /** Approvals by whoever asked that had an effect. */
  selfApprovals: number;
  /** Additions that an exception kept from becoming alerts. */
  exempted: number;
}

const EXPECTED: Tally = {
  additions: 13,
  alerts: 13,
  cards: 13,
  lost: 0,
  duplicates: 0,
  refusedClicks: 3,
  answers: 13,
  contained: 1,
  restored: 1,
  selfApprovals: 0,
  exempted: 1,
};

/** What isn't as it must be, a sentence each: nothing lost, nothing doubled, and everyone refused who had to be. */
export function wrongIn(tally: Tally): string[] {
  const keys = Object.keys(EXPECTED).filter((key): key is keyof Tally => key in tally);
  return keys
    .filter((key) => tally[key] !== EXPECTED[key])
    .map((key) => `${key} is ${tally[key]} and must be ${EXPECTED[key]}.`);
}
