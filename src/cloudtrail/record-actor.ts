import type { Actor } from '../domain/event.ts';
import { type Fields, fields, flag, id, text } from './record-fields.ts';

/** Who called, by userIdentity. Every field of it may be missing; what there is gives the best name. */
export function readActor(value: unknown): Actor {
  const identity = fields(value);
  const session = fields(identity.sessionContext);
  const type = text(identity.type) ?? 'Unknown';
  const actor: Actor = { type, name: nameOf(type, identity, session) };
  const human = humanOf(type, identity, session);
  const mfa = flag(fields(session.attributes).mfaAuthenticated);
  assign(actor, 'arn', text(identity.arn));
  assign(actor, 'principalId', text(identity.principalId));
  assign(actor, 'accountId', id(identity.accountId));
  assign(actor, 'accessKeyId', text(identity.accessKeyId));
  assign(actor, 'invokedBy', text(identity.invokedBy));
  assign(actor, 'delegateAccount', text(fields(identity.invokedByDelegate).accountId));
  if (human) actor.human = human;
  if (mfa !== undefined) actor.mfa = mfa;
  return actor;
}

function assign<K extends keyof Actor>(actor: Actor, key: K, value: Actor[K] | undefined): void {
  if (value !== undefined) actor[key] = value;
}

function nameOf(type: string, identity: Fields, session: Fields): string {
  if (type === 'Root') return text(identity.userName) ?? 'root';
  const arn = text(identity.arn) ?? '';
  return (
    text(identity.userName) ??
    text(fields(session.sessionIssuer).userName) ??
    /:assumed-role\/([^/]+)/.exec(arn)?.[1] ??
    (arn.includes('/') ? arn.split('/').at(-1) : undefined) ??
    text(fields(identity.onBehalfOf).userId) ??
    text(identity.principalId)?.split(':').at(-1) ??
    text(identity.invokedBy) ??
    'unknown'
  );
}

/** A session's name is chosen by who opens it: often the person's address, for a machine its instance id. */
function humanOf(type: string, identity: Fields, session: Fields): Actor['human'] {
  const source = text(session.sourceIdentity);
  if (source) return { name: source, by: 'sourceIdentity' };
  if (type !== 'AssumedRole') return undefined;
  const name =
    /:assumed-role\/[^/]+\/(.+)$/.exec(text(identity.arn) ?? '')?.[1] ??
    text(identity.principalId)?.split(':')[1];
  return name && !/^i-[0-9a-f]{8,}$/.test(name) ? { name, by: 'sessionName' } : undefined;
}
