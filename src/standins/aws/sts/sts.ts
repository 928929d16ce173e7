import { identityOf } from '../identity.ts';
import type { Query } from '../wire/query-operation.ts';
import { assumeRole } from './assume-role.ts';
import { writeStsRecord } from './sts-record.ts';

/** STS's operations by name. */
export const STS_OPERATIONS: Record<string, Query> = {
  GetCallerIdentity: (estate, { caller, region, requestId }) => {
    const { arn, principalId } = identityOf(estate, caller.actor, estate.clock());
    const answer = { Arn: String(arn), UserId: String(principalId), Account: estate.home.accountId };
    if (estate.knobs.recordReads)
      writeStsRecord(estate, { action: 'GetCallerIdentity', by: caller.actor, region, requestId });
    return answer;
  },
  AssumeRole: (estate, call) => assumeRole(estate, call).answer,
};
