import { roleSession } from './actors.ts';
import { Refusal } from './answer.ts';
import { arnIn, exampleId } from './home.ts';
import { type Query, required } from './query-operation.ts';
import { identityIn } from './record.ts';

/** STS's operations by name. */
export const STS_OPERATIONS: Record<string, Query> = {
  GetCallerIdentity: ({ home, clock }, { caller }) => {
    const identity = identityIn(home, caller.userIdentity, clock());
    return { Arn: String(identity.arn), UserId: String(identity.principalId), Account: home.accountId };
  },

  /** Any role of this account can be assumed by anyone; there are no policies here. */
  AssumeRole: ({ home, callers, clock }, { form, caller }) => {
    const roleArn = required(form, 'RoleArn');
    const session = required(form, 'RoleSessionName');
    const seconds = Number(form.get('DurationSeconds') ?? 3600);
    if (!(seconds >= 900 && seconds <= 43_200))
      throw new Refusal('ValidationError', `DurationSeconds ${seconds} is not between 900 and 43200`);
    if (!roleArn.startsWith(arnIn(home, 'iam', 'role/'))) {
      const { arn } = identityIn(home, caller.userIdentity, clock());
      const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
      throw new Refusal('AccessDenied', message, 403);
    }
    const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const sourceIdentity = form.get('SourceIdentity') ?? undefined;
    const issued = callers.issue(
      (accessKeyId) => roleSession(role, session, { sourceIdentity, accessKeyId }),
      seconds,
    );
    return {
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: 'example-secret',
        SessionToken: `example-session-token-${issued.accessKeyId}`,
        Expiration: new Date(issued.expiresAt).toISOString(),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${exampleId('AROA', role)}:${session}`,
        Arn: arnIn(home, 'sts', `assumed-role/${role}/${session}`),
      },
      SourceIdentity: sourceIdentity,
    };
  },
};
