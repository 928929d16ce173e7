import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
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
    how: { timeoutMs: number; more?: Json },
  ): Promise<{ payload: unknown } | undefined>;
  open(): number;
  /** Sends every socket this text, as it is. */
  say(text: string): void;
  disconnect(reason: string): void;
  cut(): void;
  close(): void;
}

interface Knobs {
  /** Before the hello. */
  helloMs?: number;
  /** Between the close frame and the end of TCP. */
  lingerMs?: number;
}

export function sockets(server: Server, { helloMs = 0, lingerMs = 0 }: Knobs = {}): Sockets {
  const tickets = new Set<string>();
  const live: WebSocket[] = [];
  const acks = new Map<string, (payload: unknown) => void>();
  const wss = new WebSocketServer({ noServer: true });
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://standin').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return socket.destroy();
    if (lingerMs > 0) linger(socket, lingerMs);
    wss.handleUpgrade(request, socket, head, (connection) => welcome(connection));
  });

  /** Those that can be written to: one that lingers after its close frame can't. */
  const usable = (): WebSocket[] => live.filter(({ readyState }) => readyState === WebSocket.OPEN);

  function welcome(connection: WebSocket): void {
    if (live.length >= MOST_SOCKETS) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      connection.close();
      return;
    }
    const pinging = setInterval(() => connection.ping(), PING_EVERY);
    connection.on('close', () => {
      clearInterval(pinging);
      clearTimeout(greeting);
      const index = live.indexOf(connection);
      if (index >= 0) live.splice(index, 1);
    });
    connection.on('error', () => connection.terminate());
    connection.on('message', (data) => {
      const ack = object(JSON.parse(String(data)));
      const id = text(ack.envelope_id);
      acks.get(id)?.(ack.payload);
      acks.delete(id);
    });
    const greeting = setTimeout(() => {
      live.push(connection);
      connection.send(JSON.stringify(hello(usable().length)));
    }, helloMs);
  }

  return {
    newUrl(host) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `ws://${host}/link/?ticket=${ticket}&app_id=${APP_ID}`;
    },

    deliver(type, payload, envelopeId, { timeoutMs, more = {} }) {
      const open = usable();
      const connection = open[turn++ % Math.max(1, open.length)];
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
        const envelope = { envelope_id: envelopeId, type, payload, accepts_response_payload: accepts };
        connection.send(JSON.stringify({ ...envelope, ...more }));
      });
    },

    open: () => usable().length,

    say(text) {
      for (const connection of usable()) connection.send(text);
    },

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

const hello = (connections: number): Json => ({
  type: 'hello',
  num_connections: connections,
  debug_info: {
    host: 'standin',
    started: new Date().toISOString(),
    build_number: 1,
    approximate_connection_time: 18_060,
  },
  connection_info: { app_id: APP_ID },
});

/** Slack answers the close frame and leaves TCP open for a while (NS#2752). */
function linger(socket: Duplex, ms: number): void {
  const end = socket.end.bind(socket);
  socket.end = () => {
    setTimeout(end, ms).unref();
    return socket;
  };
}
