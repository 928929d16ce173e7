import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, jsonAnswer, Refusal, xmlAnswer } from './answer.ts';
import { type Call, type Operation, readCall } from './call.ts';
import { NAMESPACE } from './query-operation.ts';
import { xmlOf } from './xml.ts';

/** A server that listens; closing it drops every connection. */
export interface Listening {
  endpoint: string;
  close(): Promise<void>;
}

/** Serves the operations on this machine only. `date` gives what the Date header says. */
export async function serve(
  operations: Map<string, Operation>,
  { port, date }: { port: number; date: () => Date },
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    try {
      const call = readCall(request, await bodyOf(request), goneSignal(response));
      send(response, await answerTo(operations, call), call.requestId, date());
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

async function answerTo(operations: Map<string, Operation>, call: Call): Promise<Answer> {
  try {
    if (!call.accessKeyId)
      throw new Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    const operation = operations.get(call.name);
    if (operation) return await operation(call);
    throw call.protocol === 'json'
      ? new Refusal('UnknownOperationException', `Unknown operation: ${call.name}`)
      : new Refusal('InvalidAction', `Could not find operation ${call.name}`);
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(call, error);
    return refusalAnswer(call, new Refusal('InternalFailure', `The stand-in failed: ${error}`, 500));
  }
}

/** As each protocol words it. */
function refusalAnswer({ protocol, name, requestId }: Call, { code, message, status }: Refusal): Answer {
  if (protocol === 'json') return jsonAnswer({ __type: code, message }, status);
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  const namespace = name.startsWith('sts:') ? NAMESPACE.sts : NAMESPACE.iam;
  const content = xmlOf({ Error: error, RequestId: requestId });
  return xmlAnswer(`<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`, status);
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
