import { GRANTS } from '../../src/aws/calls.ts';
import { diagnose } from '../../src/cli/doctor/diagnose.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { type Place, policyFor, trustPolicy } from '../../src/cli/iam-policies.ts';
import { BOT_SCOPES } from '../../src/slack/introduce.ts';
import { type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';
import { type SlackStandIn, startSlack } from '../../src/standins/slack/workspace.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

export const PLACE: Place = {
  partition: 'aws',
  account: '111122223333',
  botRole: 'groupwatch/groupwatch',
  responderRole: 'groupwatch/groupwatch-responder',
  externalId: 'gw-7f3a',
  protectedPrincipals: ['arn:aws:iam::111122223333:user/break-glass/*'],
};

/** An installation that lacks nothing, with RESPONSE_MODE=execute, before its first start. */
export interface Installation extends AsyncDisposable {
  slack: SlackStandIn;
  aws: AwsStandIn;
  /** May be changed before it is examined. */
  variables: Record<string, string | undefined>;
  database: FreshDatabase;
  examine(world?: { now?: () => number; nodeVersion?: string }): Promise<Finding[]>;
}

/** Gives Groupwatch's own role all that is printed for it, but for the left-out permissions, and its credentials. */
export function giveBot(
  { aws, variables }: Pick<Installation, 'aws' | 'variables'>,
  without: readonly string[] = [],
): void {
  const names = Object.entries(GRANTS).flatMap(([name, credentials]) =>
    credentials === 'reader' ? [name as keyof typeof GRANTS] : [],
  );
  const inline = Object.fromEntries(names.map((name) => [name, less(policyFor(name, PLACE), without)]));
  aws.given.role({ name: 'groupwatch', path: '/groupwatch/', inline });
  variables.AWS_ACCESS_KEY_ID = aws.assumeRole({ role: 'groupwatch' }).accessKeyId;
}

export function giveResponder(
  aws: AwsStandIn,
  { trust = trustPolicy(PLACE), without = [], place = PLACE }: Responder = {},
): void {
  const inline = { responder: less(policyFor('responder', place), without) };
  aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/', trust, inline });
}

interface Responder {
  trust?: object;
  without?: readonly string[];
  place?: Place;
}

function less(policy: ReturnType<typeof policyFor>, without: readonly string[]) {
  const actions = (action: string | string[]) => [action].flat().filter((one) => !without.includes(one));
  const statements = policy.Statement.map((one) => ({ ...one, Action: actions(one.Action) }));
  return { ...policy, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

export async function install(scopes: readonly string[] = BOT_SCOPES): Promise<Installation> {
  const slack = await startSlack({ enforceRate: false, scopes: [...scopes] });
  const aws = await startAws({ enforceRate: false });
  const database = await freshDatabase('sqlite');
  for (const name of ['Ana', 'Ben', 'Cleo']) slack.addPerson({ id: `U0${name.toUpperCase()}`, name });
  slack.addChannel({ id: 'C0ALERTS', name: 'alerts', members: ['U0ANA', 'U0BEN', 'U0CLEO'] });
  slack.addUserGroup({ id: 'S0SEC', handle: 'security', users: ['U0ANA', 'U0BEN'] });
  aws.addUserToGroup({ user: 'bob', group: 'admins' });
  const variables: Installation['variables'] = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ALERT_CHANNEL: 'C0ALERTS',
    APPROVERS: 'S0SEC',
    RESPONSE_MODE: 'execute',
    RESPONDER_ROLE_ARN: 'arn:aws:iam::111122223333:role/groupwatch/groupwatch-responder',
    RESPONDER_EXTERNAL_ID: PLACE.externalId,
    PROTECTED_PRINCIPALS: PLACE.protectedPrincipals.join(),
    DATABASE_URL: database.url,
    HTTP_PORT: '0',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_SESSION_TOKEN: 'example-session',
  };
  for (const name of ['CLOUDTRAIL', 'IAM', 'ORGANIZATIONS', 'STS'])
    variables[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  giveBot({ aws, variables });
  giveResponder(aws);
  aws.knobs.enforcePermissions = true;
  return {
    slack,
    aws,
    variables,
    database,
    examine({ now = Date.now, nodeVersion = process.versions.node } = {}) {
      for (const [name, value] of Object.entries(variables))
        if (name.startsWith('AWS_') && value) process.env[name] = value;
      return diagnose(variables, { clock: { now }, nodeVersion, awsRequestTimeoutMs: 5_000 });
    },
    async [Symbol.asyncDispose]() {
      await slack.close();
      await aws.close();
      await database.remove();
    },
  };
}
