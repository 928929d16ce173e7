import cron from 'node-cron';
import { z } from 'zod';
import type { Escalation } from '../domain/escalation.ts';
import { SEVERITIES, type Severity } from '../domain/severity.ts';
import { MINUTE } from '../domain/time.ts';
import { type Timetable, timetable } from '../domain/timetable.ts';
import { workingHours } from '../domain/working-hours.ts';
import { isTimeZone } from '../domain/zoned-time.ts';
import { onlyIds } from './ids.ts';

const REMIND =
  'REMIND_MINUTES takes severities with minutes from 1 to 10080, comma between: critical=5,high=15,medium=60. Leave one out to have no reminders of it';

const HOURS =
  'WORKING_HOURS takes days, hours and a time zone: Mon-Fri 08:00-18:00 Europe/Berlin, or days with commas';

/** `critical=5,high=15` as milliseconds by severity; nothing when it isn't that. */
function reminders(text: string): Partial<Record<Severity, number>> | undefined {
  const after: Partial<Record<Severity, number>> = {};
  for (const part of text.split(',')) {
    const [, word, minutes] = /^\s*([a-z]+)\s*=\s*(\d{1,5})\s*$/.exec(part) ?? [];
    const severity = SEVERITIES.find((known) => known === word);
    const span = Number(minutes);
    if (!severity || severity in after || span < 1 || span > 10_080) return undefined;
    after[severity] = span * MINUTE;
  }
  return after;
}

/** A text that `read` makes something of, or a sentence that says what to write. */
const readBy = <T>(read: (text: string) => T | undefined, problem: string) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

const times = (name: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): Timetable | undefined => {
      if (text.trim() === 'off') return undefined;
      const given = timetable(text);
      if (cron.validate(given.cron) && (given.zone === undefined || isTimeZone(given.zone))) return given;
      context.addIssue({
        code: 'custom',
        message: `${name} must be a cron expression, with a time zone at its end if it isn't the machine's, or off: ${fallback} Europe/Berlin`,
      });
      return z.NEVER;
    });

/** Settings of how alerts call for people, and of what is told regularly. */
export const callVariables = {
  REMIND_MINUTES: readBy(reminders, REMIND).prefault('critical=5,high=15,medium=60'),
  REMIND_AT_MOST: z.coerce
    .number({ error: 'REMIND_AT_MOST must be a number' })
    .int('REMIND_AT_MOST must be a whole number')
    .min(0, 'REMIND_AT_MOST must be at least 0, which turns reminders off')
    .max(20, 'REMIND_AT_MOST must be at most 20')
    .default(3),
  ESCALATE_TO: onlyIds('ESCALATE_TO'),
  WORKING_HOURS: readBy(workingHours, HOURS).optional(),
  DAILY_SUMMARY: times('DAILY_SUMMARY', '0 9 * * *'),
  WEEKLY_DIGEST: times('WEEKLY_DIGEST', '0 9 * * 1'),
};

type Calls = z.infer<z.ZodObject<typeof callVariables>>;

/** What is wrong with them together. */
export function problemsOfCalls({ REMIND_AT_MOST: most, ESCALATE_TO: next }: Calls): string[] {
  const needed = next.length + 2;
  return most === 0 || next.length === 0 || most >= needed
    ? []
    : [
        `REMIND_AT_MOST must be at least ${needed}: the responders, each of the ${next.length} of ESCALATE_TO and the channel are called one after the other (or name fewer)`,
      ];
}

/** How alerts call for somebody; `responders` come first. */
export const escalationOf = (env: Calls, responders: readonly string[]): Escalation => ({
  after: env.REMIND_MINUTES,
  atMost: env.REMIND_AT_MOST,
  responders,
  next: env.ESCALATE_TO,
  hours: env.WORKING_HOURS,
});
