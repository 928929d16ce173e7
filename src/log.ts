import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import pino from 'pino';
import type { Log } from './ports.ts';

const SECRET = /\b(xox[a-z]-|xapp-|AKIA|ASIA)[\w-]{4,}/g;

/** JSON lines on standard output, readable ones on a terminal. Tokens and key ids never come through. */
export function makeLog(level: string, terminal: boolean): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      error: (error: unknown) => (error instanceof Error ? pino.stdSerializers.err(error) : error),
    },
    hooks: { streamWrite: (text) => text.replace(SECRET, '$1…') },
    ...(terminal && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', singleLine: true } },
    }),
  });
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
