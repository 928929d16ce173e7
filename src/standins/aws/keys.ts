/** Whose a long-term access key is. */
export interface KeyOwner {
  accountId: string;
  userName: string;
  /** A user of the same name that was created later doesn't own it. */
  userId: string;
}

/** Temporary credentials: of GetSessionToken or a console sign-in for a user, of AssumeRole for a role. */
export interface Session {
  accessKeyId: string;
  accountId: string;
  of: { user: string } | { role: string };
  /** UserId or RoleId that it was issued for. */
  principalId: string;
  /** What records and ARNs call a role's session. */
  sessionName?: string;
  sourceIdentity?: string;
  mfa: boolean;
  /** A console sign-in, which leaves its own marks in records. */
  console?: boolean;
  /** ms since epoch: aws:TokenIssueTime, and the end. */
  issuedAt: number;
  expiresAt: number;
}

/** Keys and sessions of all accounts. What is deleted stays known, so that it is nobody else's. */
export interface Keys {
  own(accessKeyId: string, owner: KeyOwner): void;
  ownerOf(accessKeyId: string): KeyOwner | undefined;
  open(session: Session): Session;
  sessionOf(accessKeyId: string): Session | undefined;
}

/** No keys, no sessions. */
export function newKeys(): Keys {
  const owners = new Map<string, KeyOwner>();
  const sessions = new Map<string, Session>();
  return {
    own: (accessKeyId, owner) => void owners.set(accessKeyId, owner),
    ownerOf: (accessKeyId) => owners.get(accessKeyId),
    open(session) {
      sessions.set(session.accessKeyId, session);
      return session;
    },
    sessionOf: (accessKeyId) => sessions.get(accessKeyId),
  };
}
