import type { Actor } from '../actors.ts';
import type { Estate } from '../estate.ts';
import type { Shape } from '../iam/operation.ts';
import { writeRecord } from '../trail/record.ts';
import { recorded } from '../trail/recorded.ts';
import type { Refusal } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';

/** A call of STS, as it is recorded. */
interface StsCall {
  action: string;
  by: Actor;
  region: string;
  requestId?: string;
  input?: Input;
  answer?: Shape;
  roleArn?: string;
  refusal?: Refusal;
  over?: Record<string, unknown>;
}

/** STS's calls count as reads, AssumeRole too, whose record shows the session all the same. */
export function writeStsRecord(estate: Estate, what: StsCall): void {
  const { refusal, roleArn } = what;
  const [, accountId] = /::(\d+):/.exec(roleArn ?? '') ?? [];
  const resources = [{ accountId, type: 'AWS::IAM::Role', ARN: roleArn }];
  writeRecord(estate, {
    eventSource: 'sts.amazonaws.com',
    eventName: what.action,
    at: estate.clock(),
    by: what.by,
    readOnly: true,
    region: what.region,
    requestId: what.requestId,
    parameters: refusal || !what.input ? null : recorded(what.input),
    response: what.answer ? recorded(what.answer) : null,
    refused: refusal && { errorCode: refusal.code, errorMessage: refusal.message },
    over: { ...(roleArn && !refusal ? { resources } : {}), ...what.over },
  });
}
