import type { IamReader, IamWriter, IamWriters } from '../ports/iam.ts';
import { type Responder, writingClients } from './clients.ts';
import { iamWriter } from './writer.ts';

interface Needs {
  region: string;
  responder: Responder;
  reader: Pick<IamReader, 'user' | 'role'>;
  requestTimeoutMs?: number;
}

/** Sessions that are kept for the next step of their request; more requests at once only means more sessions. */
const KEPT = 8;

/** Assumes the responder role once a request, at its first call, and again when the session has ended. */
export function iamWriters({ region, responder, reader, requestTimeoutMs }: Needs): IamWriters {
  const kept = new Map<string, IamWriter>();
  const account = responder.roleArn.split(':')[4];
  return {
    open(approved) {
      const known = kept.get(approved.responseId);
      if (known) return known;
      const { iam, sts } = writingClients(region, responder, approved.responseId, requestTimeoutMs);
      const elsewhere =
        approved.account === account
          ? undefined
          : `RESPONDER_ROLE_ARN is of account ${account}, the request of ${approved.account}`;
      const writer = iamWriter({ iam, sts, assume: () => iam.config.credentials(), reader, elsewhere });
      kept.set(approved.responseId, writer);
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
      return writer;
    },
  };
}
