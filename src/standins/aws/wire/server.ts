import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { type Call, readCall } from './call.ts';

/** A server that listens; closing it drops every connection. */
export interface Listening {
  endpoint: string;
  close(): Promise<void>;
}

/** Serves calls on this machine only. `date` gives what the Date header says. */
export async function serve(
  answerTo: (call: Call) => Promise<Answer>,
  { port, date }: { port: number; date: () => Date },
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    try {
      const call = readCall(request, await bodyOf(request), goneSignal(response));
      send(response, await answerTo(call), call.requestId, date());
    } catch {
      response.destroy(); // the caller left while it still spoke
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${bound}`, close };
}

function send(response: ServerResponse, answer: Answer, requestId: string, date: Date): void {
  if (answer === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, {
    'x-amzn-RequestId': requestId,
    Date: date.toUTCString(),
    'Content-Type': answer.type,
    'Content-Length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
