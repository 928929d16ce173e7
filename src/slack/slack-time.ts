import type { Clock } from '../ports/clock.ts';

/** Slack's own time, as its answers tell it. */
export interface SlackTime extends Clock {
  /** For a Web API client: notes what time each answer was given at. */
  fetch: typeof globalThis.fetch;
}

/**
 * From the Date of Slack's last answer on it goes by a clock that nobody can set, so it may fall behind Slack's, and
 * never runs ahead. Until Slack has answered, it is our own time of day.
 */
export function slackTime(clock: Clock, fetch = globalThis.fetch): SlackTime {
  let last: { told: number; at: number } | undefined;
  return {
    async fetch(url, init) {
      const response = await fetch(url, init);
      const told = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(told)) last = { told, at: performance.now() };
      return response;
    },
    now: () => (last ? last.told + Math.round(performance.now() - last.at) : clock.now()),
  };
}
