import type { Role, User } from './iam/entities.ts';
import type { IamView } from './iam/iam.ts';
import type { Keys, Session } from './keys.ts';

/** Whose credentials they are, or why they are nobody's. */
export type Holder =
  /** Not issued here: the user `operator`'s, who may do anything. */
  | { is: 'operator' }
  | { is: 'user'; user: User; session?: Session }
  | { is: 'role'; role: Role; session: Session }
  /** Deleted, switched off, or of a user or role that is gone. */
  | { is: 'invalid' }
  | { is: 'expired' };

/** Whose an access key or session is, at this moment as IAM is seen. */
export function holderOf(keys: Keys, view: IamView, accessKeyId: string, now: number): Holder {
  const session = keys.sessionOf(accessKeyId);
  if (session) return session.expiresAt <= now ? { is: 'expired' } : holderOfSession(view, session);
  const owner = keys.ownerOf(accessKeyId);
  if (!owner) return { is: 'operator' };
  const user = view.users.get(owner.userName);
  const key = user?.id === owner.userId ? user.credentials.find(({ id }) => id === accessKeyId) : undefined;
  return user && key?.status === 'Active' ? { is: 'user', user } : { is: 'invalid' };
}

/** Sessions end with the user or role that they were issued for, not with the key that asked for them. */
function holderOfSession(view: IamView, session: Session): Holder {
  if ('user' in session.of) {
    const user = view.users.get(session.of.user);
    return user?.id === session.principalId ? { is: 'user', user, session } : { is: 'invalid' };
  }
  const role = view.roles.get(session.of.role);
  return role?.id === session.principalId ? { is: 'role', role, session } : { is: 'invalid' };
}
