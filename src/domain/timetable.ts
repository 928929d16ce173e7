/** When something is told regularly: a cron expression, by the clocks of a zone or of the machine. */
export interface Timetable {
  cron: string;
  zone?: string;
}

/** Takes a time zone off the end of a cron expression; both are as they were written. */
export function timetable(text: string): Timetable {
  const [, cron, zone] = /^(.*\S)\s+([A-Za-z_]+\/[A-Za-z][\w/+-]*|UTC)$/.exec(text.trim()) ?? [];
  return cron === undefined ? { cron: text.trim() } : { cron, zone };
}
