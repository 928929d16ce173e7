import type { IncomingMessage } from 'node:http';
import { object } from './json.ts';
import type { Json } from './types.ts';

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request)).toString('utf8');

/** Arguments of a call: JSON, or a form whose nested values are JSON. */
export function argumentsOf(body: string, contentType = ''): Json {
  if (contentType.startsWith('application/json')) return object(JSON.parse(body || '{}'));
  return Object.fromEntries([...new URLSearchParams(body)].map(([key, value]) => [key, decoded(value)]));
}

function decoded(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
