import { actorOf, type Caller } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { holderOf } from '../holder.ts';
import { arnOf, findUser } from '../iam/iam.ts';
import { identityOf } from '../identity.ts';
import type { Session } from '../keys.ts';
import { assumeRole } from '../sts/assume-role.ts';

/** How a user gets temporary credentials. */
export interface UserSession {
  user: string;
  /** Default true: without MFA, GetSessionToken's credentials can't call IAM. */
  mfa?: boolean;
  /** By signing in to the console rather than by GetSessionToken. */
  console?: boolean;
  /** Default 12 hours. */
  seconds?: number;
}

/** How somebody assumes a role. */
export interface RoleSession {
  /** Name or ARN. */
  role: string;
  /** Default: the user's name, or `session`. */
  name?: string;
  /** A user, or the key of a session or user; default the user `operator`. */
  by?: { user: string } | { key: string };
  externalId?: string;
  sourceIdentity?: string;
  /** Default 3600. */
  seconds?: number;
  /** Of STS's endpoint, where the record is kept. Default: IAM's. */
  region?: string;
}

/** Credentials as GetSessionToken or a sign-in gives them, minted now. There is no record: it is a verb of tests. */
export function openUserSession(estate: Estate, asked: UserSession): Session {
  const { keys, ids, clock, iam, home } = estate;
  const user = findUser(iam.now, asked.user);
  const issuedAt = Math.floor(clock() / 1000) * 1000;
  return keys.open({
    accessKeyId: ids.numbered('ASIA'),
    accountId: home.accountId,
    of: { user: user.name },
    principalId: user.id,
    mfa: asked.mfa ?? true,
    console: asked.console,
    issuedAt,
    expiresAt: clock() + (asked.seconds ?? 12 * 3600) * 1000,
  });
}

/** As STS does it, with its checks and its record. Throws what STS refuses. */
export function openRoleSession(estate: Estate, asked: RoleSession): Session {
  const role = estate.iam.now.roles.get(asked.role);
  const fromCli = callerOf(estate, asked.by);
  const input = {
    RoleArn: role ? arnOf(estate.home, 'Role', role) : asked.role,
    RoleSessionName: asked.name ?? (asked.by && 'user' in asked.by ? asked.by.user : 'session'),
    ExternalId: asked.externalId,
    SourceIdentity: asked.sourceIdentity,
    DurationSeconds: asked.seconds ?? 3600,
  };
  return assumeRole(estate, { caller: fromCli, input, region: asked.region ?? estate.home.region }).session;
}

function callerOf(estate: Estate, by: RoleSession['by']): Caller {
  const { keys, iam, clock } = estate;
  const user = by && 'user' in by ? findUser(iam.seen, by.user) : undefined;
  const key = by && 'key' in by ? by.key : undefined;
  const holder = user ? ({ is: 'user', user } as const) : holderOf(keys, iam.seen, key ?? '', clock());
  if (holder.is === 'invalid' || holder.is === 'expired') throw new Error(`The key ${key} is ${holder.is}.`);
  const owned = user?.credentials.find(({ kind, status }) => kind === 'accessKey' && status === 'Active');
  const actor = actorOf(holder, key ?? owned?.id);
  return { actor, arn: String(identityOf(estate, actor, clock()).arn), holder };
}
