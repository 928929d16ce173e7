import { type Actor, iamUser, roleSession } from './actors.ts';
import type { Estate } from './estate.ts';
import { type Holder, holderOf } from './holder.ts';
import { isoSeconds } from './iam/shapes.ts';
import { identityOf } from './identity.ts';
import type { Session } from './keys.ts';
import { Refusal } from './wire/answer.ts';
import type { Call } from './wire/call.ts';

/** Who makes a call, and with what right. */
export interface Caller {
  actor: Actor;
  arn: string;
  holder: Holder;
}

/** Who calls, from where and with what; refuses credentials that have expired or are no longer any. */
export function identify(estate: Estate, call: Call): Caller {
  const holder = holderOf(estate.keys, estate.iam.seen, call.accessKeyId ?? '', estate.clock());
  if (holder.is === 'expired' || estate.faults.now.expired) throw expired(call);
  if (holder.is === 'invalid') throw invalidKey(call);
  const { userIdentity, extra } = actorOf(holder, call.accessKeyId);
  const actor = { userIdentity, extra, sourceIp: call.sourceIp, userAgent: call.userAgent };
  noteUse(estate, holder, call);
  return { actor, arn: String(identityOf(estate, actor, estate.clock()).arn), holder };
}

/** As whom a key or session acts, for records that a test writes. Throws when it is nobody's. */
export function actorWith({ keys, iam, clock }: Estate, accessKeyId: string): Actor {
  const holder = holderOf(keys, iam.now, accessKeyId, clock());
  if (holder.is === 'user' || holder.is === 'role') return actorOf(holder, accessKeyId);
  throw new Error(`${accessKeyId} is no key or session that works here.`);
}

/** As whom the holder acts. */
export function actorOf(holder: Exclude<Holder, { is: 'expired' | 'invalid' }>, accessKeyId?: string): Actor {
  if (holder.is === 'operator') return { ...iamUser('operator', { accessKeyId }), extra: undefined };
  if (holder.is === 'role') {
    const { sessionName = '', sourceIdentity, mfa } = holder.session;
    const actor = roleSession(holder.role.name, sessionName, { sourceIdentity, mfa, accessKeyId });
    return began(actor, holder.session);
  }
  const { user, session } = holder;
  if (!session) return { ...iamUser(user.name, { accessKeyId }), extra: undefined };
  return began(iamUser(user.name, { accessKeyId, mfa: session.mfa }), session);
}

function began(actor: Actor, session: Session): Actor {
  const { sessionContext } = actor.userIdentity;
  const attributes = { ...sessionContext?.attributes, creationDate: isoSeconds(session.issuedAt) };
  return {
    ...actor,
    userIdentity: { ...actor.userIdentity, sessionContext: { ...sessionContext, attributes } },
    extra: session.console ? { sessionCredentialFromConsole: 'true' } : undefined,
  };
}

/** What GetAccessKeyLastUsed tells. */
function noteUse({ iam, clock }: Estate, holder: Holder, { accessKeyId, name, region }: Call): void {
  if (holder.is !== 'user' || holder.session) return;
  const user = iam.now.users.get(holder.user.name);
  if (!user) return;
  const lastUsed = { at: clock(), service: name.split(':')[0] ?? '', region };
  const credentials = user.credentials.map((one) => (one.id === accessKeyId ? { ...one, lastUsed } : one));
  iam.users.put(user.name, { ...user, credentials });
}

function expired({ protocol }: Call): Refusal {
  const message = 'The security token included in the request is expired';
  return protocol === 'json'
    ? new Refusal('ExpiredTokenException', message)
    : new Refusal('ExpiredToken', message, 403);
}

function invalidKey({ protocol }: Call): Refusal {
  const message = 'The security token included in the request is invalid.';
  return protocol === 'json'
    ? new Refusal('UnrecognizedClientException', message)
    : new Refusal('InvalidClientTokenId', message, 403);
}
