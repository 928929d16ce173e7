import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import pino, { type LoggerOptions } from 'pino';
import type { Log } from './ports/log.ts';
import { redactor } from './redact.ts';

interface Options {
  /** Readable lines instead of JSON. */
  terminal: boolean;
  /** What must not come through even where it looks like nothing. */
  secrets?: readonly string[];
  /** Instead of standard output. */
  to?: { write(line: string): void };
}

/** JSON lines on standard output, readable ones on a terminal. Secrets and key ids never come through. */
export function makeLog(level: string, { terminal, secrets, to }: Options): Log {
  const options: LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      error: (error: unknown) => (error instanceof Error ? pino.stdSerializers.err(error) : error),
    },
    hooks: { streamWrite: redactor(secrets) },
    ...(terminal && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } },
    }),
  };
  return to ? pino(options, to) : pino(options);
}

/** Bolt's and its sockets' own messages, in our log. What they call info is of interest to developers only. */
export function slackLogger(log: Log): SlackLogger {
  const text = (parts: unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.stack : part)).join(' ');
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug({ from: 'slack' }, text(parts)),
    warn: (...parts: unknown[]) => log.warn({ from: 'slack' }, text(parts)),
    error: (...parts: unknown[]) => log.error({ from: 'slack' }, text(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
