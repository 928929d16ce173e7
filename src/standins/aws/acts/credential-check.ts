import type { Estate } from '../estate.ts';
import { type Holder, holderOf } from '../holder.ts';
import { decideFor } from '../iam/access.ts';
import { hasExpired } from '../iam/credential-kinds.ts';
import type { User } from '../iam/entities.ts';
import type { IdentityKind } from '../iam/iam.ts';
import { callContext, judge } from '../permission.ts';
import { type Context, contextOf } from '../policy/statement.ts';

/**
 * What somebody may hold: any credential by its id (an access key, SSH key, certificate or service-specific one), a
 * session by its key id, or a console password of a user (left out: whichever the user has).
 */
export type Held = { key: string } | { session: string } | { signIn: string; password?: string };

/** Condition keys and values, for what a call says beside its action and resource. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

/** Whether a call that is made now with the credential works: that it is one, and that policies allow the call. */
export function can(
  estate: Estate,
  held: Held,
  action: string,
  resource = '*',
  context: CallContext = {},
): boolean {
  const holder = heldBy(estate, held, action);
  if (!holder || holder.is === 'operator') return false;
  return judge(estate, holder, { action, resource, context: contextFor(estate, context) }).is === 'allowed';
}

/** Whether the policies of a user (`ana`), `group/admins` or `role/Admin`, or of an ARN, allow a call now. */
export function allows(
  estate: Estate,
  principal: string,
  action: string,
  resource = '*',
  context: CallContext = {},
): boolean {
  const { kind, name } = principalOf(principal);
  const { iam } = estate;
  const user = kind === 'User' ? iam.seen.users.get(name) : undefined;
  const request = { action, resource, context: contextFor(estate, context) };
  const decision = user
    ? judge(estate, { is: 'user', user }, request)
    : decideFor(iam.seen, kind, name, request);
  return decision.is === 'allowed';
}

function contextFor({ clock, home }: Estate, context: CallContext): Context {
  return contextOf(callContext({ at: clock(), region: home.region }), context);
}

function heldBy({ iam, keys, clock }: Estate, held: Held, action: string): Holder | undefined {
  if ('session' in held) return holderOf(keys, iam.seen, held.session, clock());
  if ('signIn' in held) return signedIn(iam.seen.users.get(held.signIn), held.password, clock());
  if (keys.ownerOf(held.key)) return holderOf(keys, iam.seen, held.key, clock());
  const user = iam.seen.users.all().find(({ credentials }) => credentials.some(({ id }) => id === held.key));
  const credential = user?.credentials.find(({ id }) => id === held.key);
  const works = credential?.status === 'Active' && !hasExpired(credential, clock());
  const service = credential?.kind === 'sshKey' ? 'codecommit' : credential?.service?.split('.')[0];
  const fits = service === undefined || action.toLowerCase().startsWith(`${service}:`);
  return user && works && fits ? { is: 'user', user } : undefined;
}

function signedIn(user: User | undefined, password: string | undefined, now: number): Holder | undefined {
  if (!user?.login || (password !== undefined && password !== user.login.password)) return undefined;
  const session = {
    accessKeyId: 'ASIAEXAMPLE01',
    accountId: '',
    of: { user: user.name },
    principalId: user.id,
    mfa: user.mfa.length > 0,
    console: true,
    issuedAt: now,
    expiresAt: now + 12 * 3600_000,
  };
  return { is: 'user', user, session };
}

function principalOf(principal: string): { kind: IdentityKind; name: string } {
  const [, kind, name = principal] =
    /^(?:arn:.*:)?(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  if (kind === 'group') return { kind: 'Group', name };
  return { kind: kind === 'role' ? 'Role' : 'User', name };
}
