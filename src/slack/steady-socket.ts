import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { SECOND } from '../domain/time.ts';
import { deathOf } from './token.ts';

interface Needs {
  logger: Logger;
  /** Aborts when the connection is closed on purpose. */
  stopping: AbortSignal;
  /** Slack doesn't accept the app-level token any more. */
  dead: (death: string) => void;
}

/** `app_rate_limited` comes as an event that has no event in it. */
const withoutEvent = z.object({
  type: z.literal('events_api'),
  envelope_id: z.string(),
  payload: z.object({ type: z.string().optional(), event: z.undefined().optional() }),
});

/**
 * Keeps a receiver alive through two things that socket-mode 3.1.0 turns into unhandled rejections: an envelope
 * that it can't read, and a reconnect that fails. From 3.2.0 on neither should be needed.
 */
export function steady({ client }: SocketModeReceiver, { logger, stopping, dead }: Needs): void {
  const takers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (data: unknown, isBinary: boolean) => {
    try {
      const odd = withoutEvent.safeParse(jsonOf(data));
      if (odd.success) {
        logger.warn(`Slack sent an envelope without an event: ${odd.data.payload.type}`);
        const ack = JSON.stringify({ envelope_id: odd.data.envelope_id, payload: {} });
        client.websocket?.send(ack, (error) => error && logger.warn('it could not be acknowledged', error));
      } else for (const take of takers) await Reflect.apply(take, client, [data, isBinary]);
    } catch (error) {
      logger.error('an envelope from Slack could not be taken', error);
    }
  });

  const begin = client.start.bind(client);
  let began = false;
  client.start = async () => {
    for (;;) {
      try {
        const answer = await begin();
        began = true;
        return answer;
      } catch (error) {
        if (!began) throw error;
        const death = deathOf(error);
        if (death) dead(death);
        if (death || stopping.aborted) return never;
        logger.warn('a socket to Slack did not open; trying again', error);
        await sleep(5 * SECOND);
      }
    }
  };
}

/** Nobody waits for a reconnect, and a rejected one would be nobody's to catch. */
const never = new Promise<never>(() => undefined);

function jsonOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
