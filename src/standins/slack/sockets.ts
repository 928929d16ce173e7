import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { object, text } from './json.ts';
import { APP_ID } from './state.ts';
import type { Json } from './types.ts';

const MOST_SOCKETS = 10;
const PING_EVERY = 10_000;

/** Socket Mode: tickets, hello, envelopes to one socket each, acks. */
export interface Sockets {
  newUrl(host: string): string;
  /** Resolves with the ack's payload, or undefined when none came in time. */
  deliver(
    type: string,
    payload: Json,
    envelopeId: string,
    timeoutMs: number,
  ): Promise<{ payload: unknown } | undefined>;
  open(): number;
  disconnect(reason: string): void;
  cut(): void;
  close(): void;
}

export function sockets(server: Server): Sockets {
  const tickets = new Set<string>();
  const live: WebSocket[] = [];
  const acks = new Map<string, (payload: unknown) => void>();
  const wss = new WebSocketServer({ noServer: true });
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://standin').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return socket.destroy();
    wss.handleUpgrade(request, socket, head, (connection) => welcome(connection));
  });

  function welcome(connection: WebSocket): void {
    if (live.length >= MOST_SOCKETS) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      connection.close();
      return;
    }
    live.push(connection);
    const pinging = setInterval(() => connection.ping(), PING_EVERY);
    connection.on('close', () => {
      clearInterval(pinging);
      live.splice(live.indexOf(connection), 1);
    });
    connection.on('error', () => connection.terminate());
    connection.on('message', (data) => {
      const ack = object(JSON.parse(String(data)));
      const id = text(ack.envelope_id);
      acks.get(id)?.(ack.payload);
      acks.delete(id);
    });
    const hello = {
      type: 'hello',
      num_connections: live.length,
      debug_info: {
        host: 'standin',
        started: new Date().toISOString(),
        build_number: 1,
        approximate_connection_time: 18_060,
      },
      connection_info: { app_id: APP_ID },
    };
    connection.send(JSON.stringify(hello));
  }

  return {
    newUrl(host) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `ws://${host}/link/?ticket=${ticket}&app_id=${APP_ID}`;
    },

    deliver(type, payload, envelopeId, timeoutMs) {
      const connection = live[turn++ % Math.max(1, live.length)];
      if (!connection) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          acks.delete(envelopeId);
          resolve(undefined);
        }, timeoutMs);
        acks.set(envelopeId, (ack) => {
          clearTimeout(late);
          resolve({ payload: ack });
        });
        const accepts = type !== 'events_api';
        connection.send(
          JSON.stringify({ envelope_id: envelopeId, type, payload, accepts_response_payload: accepts }),
        );
      });
    },

    open: () => live.length,

    disconnect(reason) {
      for (const connection of [...live]) {
        connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'standin' } }));
      }
    },

    cut() {
      for (const connection of [...live]) connection.terminate();
    },

    close() {
      for (const connection of [...live]) connection.terminate();
      wss.close();
    },
  };
}
