import type { Caller } from '../callers.ts';
import { type Input, invalid, optional, text } from '../wire/input.ts';

/** A call of AssumeRole. */
export interface Assuming {
  caller: Caller;
  input: Input;
  /** Of the endpoint, which is where the call is recorded. */
  region: string;
  requestId?: string;
}

/** What it asks for, read. */
export interface Asked {
  roleArn: string;
  accountId: string;
  roleName: string;
  sessionName: string;
  seconds: number;
  sourceIdentity?: string;
}

/** Reads the parameters. Refuses with ValidationError. */
export function readAssuming(input: Input): Asked {
  const roleArn = text(input, 'RoleArn');
  const sessionName = text(input, 'RoleSessionName');
  const externalId = optional(input, 'ExternalId');
  const seconds = Number(input.DurationSeconds ?? 3600);
  const [, accountId = '', roleName = ''] =
    /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (roleName === '') throw invalid(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid(`Invalid RoleSessionName: ${sessionName}`);
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw invalid('Invalid ExternalId');
  if (!(seconds >= 900 && seconds <= 43_200))
    throw invalid(`DurationSeconds ${seconds} is not between 900 and 43200`);
  const sourceIdentity = optional(input, 'SourceIdentity');
  return { roleArn, accountId, roleName, sessionName, seconds, sourceIdentity };
}
