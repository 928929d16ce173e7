import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Estate } from '../estate.ts';
import type { Answer } from './answer.ts';

/** One request, sorted by service and operation. */
export interface Call {
  /** As IAM writes an action, `iam:CreateUser`; the service is told by target header or credential scope. */
  readonly name: string;
  readonly protocol: 'json' | 'query';
  readonly requestId: string;
  readonly body: string;
  readonly form: URLSearchParams;
  /** Undefined when the request isn't signed. */
  readonly accessKeyId: string | undefined;
  /** The Region that it was signed for. */
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** Aborts when the caller has gone. */
  readonly gone: AbortSignal;
}

/** Answers one call; refuses by throwing a Refusal. */
export type Operation = (estate: Estate, call: Call) => Answer | Promise<Answer>;

/** The services that speak JSON, by what their targets begin with. */
const TARGETS = { CloudTrail_20131101: 'cloudtrail', AWSOrganizationsV20161128: 'organizations' } as const;
const SCOPE = /Credential=([^/\s]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

/** Reads a request and its credential scope. The signature isn't checked: there are no secrets here. */
export function readCall(request: IncomingMessage, body: string, gone: AbortSignal): Call {
  const target = request.headers['x-amz-target'];
  const [, accessKeyId, region = '', service = 'unknown'] =
    SCOPE.exec(request.headers.authorization ?? '') ?? [];
  const form = new URLSearchParams(target === undefined ? body : '');
  const name = target === undefined ? `${service}:${form.get('Action') ?? 'none'}` : jsonName(String(target));
  return {
    name,
    protocol: target === undefined ? 'query' : 'json',
    requestId: randomUUID(),
    body,
    form,
    accessKeyId,
    region,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    userAgent: request.headers['user-agent'] ?? '',
    gone,
  };
}

function jsonName(target: string): string {
  for (const [prefix, service] of Object.entries(TARGETS)) {
    const name = target.startsWith(`${prefix}.`) ? target.slice(prefix.length + 1) : '';
    if (/^\w+$/.test(name)) return `${service}:${name}`;
  }
  return 'cloudtrail:unknown';
}
