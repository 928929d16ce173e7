import { type Credentials, isListed } from './calls.ts';

/** The program tried a call that isn't in the list of `calls.ts`. Nothing was sent. */
export class UnlistedCall extends Error {
  constructor(permission: string, credentials: Credentials) {
    super(`${permission} is not in the list of calls that the ${credentials} makes: src/aws/calls.ts`);
    this.name = 'UnlistedCall';
  }
}

const permissions = new WeakMap<object, string>();

/** The permission that a failed call would have needed: AWS's own message doesn't always name it. */
export function permissionBehind(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? permissions.get(error) : undefined;
}

interface Stack {
  add(middleware: ReturnType<typeof checking>, options: typeof FIRST): void;
}

const FIRST = { step: 'initialize', priority: 'high', name: 'onlyListedCalls', override: true } as const;

/** Lets a client of the AWS SDK make the listed calls only, before anything else happens to them. */
export function onlyListed(stack: Stack, credentials: Credentials): void {
  stack.add(checking(credentials), FIRST);
}

const checking =
  (credentials: Credentials) =>
  <Call, Answer>(
    next: (call: Call) => Promise<Answer>,
    context: { clientName?: string; commandName?: string },
  ) =>
  async (call: Call): Promise<Answer> => {
    const { clientName = '', commandName = '' } = context;
    const service = clientName.replace(/Client$/, '').toLowerCase();
    const permission = `${service}:${commandName.replace(/Command$/, '')}`;
    if (!isListed(permission, credentials)) throw new UnlistedCall(permission, credentials);
    try {
      return await next(call);
    } catch (error) {
      if (typeof error === 'object' && error !== null) permissions.set(error, permission);
      throw error;
    }
  };
