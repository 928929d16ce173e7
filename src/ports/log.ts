/** One JSON line a call: `log.info({ alert: id }, 'what happened')`. Never secrets, never raw records. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
