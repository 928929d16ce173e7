import { type Actor, iamUser } from './actors.ts';
import { Refusal } from './answer.ts';
import type { Call } from './call.ts';
import type { Faults } from './faults.ts';

/** Whose keys are whose. A key that wasn't issued here is taken as the IAM user `operator`'s. */
export class Callers {
  readonly #sessions = new Map<string, { actor: Actor; expiresAt: number }>();
  readonly #faults: Faults;
  readonly #clock: () => number;

  constructor(faults: Faults, clock: () => number) {
    this.#faults = faults;
    this.#clock = clock;
  }

  /** A session's key id, and when it ends in ms since epoch. */
  issue(
    actorOf: (accessKeyId: string) => Actor,
    seconds: number,
  ): { accessKeyId: string; expiresAt: number } {
    const accessKeyId = `ASIAEXAMPLE${String(this.#sessions.size + 2).padStart(2, '0')}`;
    const expiresAt = this.#clock() + seconds * 1000;
    this.#sessions.set(accessKeyId, { actor: actorOf(accessKeyId), expiresAt });
    return { accessKeyId, expiresAt };
  }

  /** Who calls, from where and with what; refuses when the credentials have expired. */
  identify(call: Call): Actor {
    const session = this.#sessions.get(call.accessKeyId ?? '');
    if (this.#faults.now.expired || (session && session.expiresAt <= this.#clock())) throw expired(call);
    const { userIdentity } = session?.actor ?? iamUser('operator', { accessKeyId: call.accessKeyId });
    return { userIdentity, sourceIp: call.sourceIp, userAgent: call.userAgent };
  }
}

function expired({ protocol }: Call): Refusal {
  const message = 'The security token included in the request is expired';
  return protocol === 'json'
    ? new Refusal('ExpiredTokenException', message)
    : new Refusal('ExpiredToken', message, 403);
}
