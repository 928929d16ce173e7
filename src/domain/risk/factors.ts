import { DAY, MINUTE, spanInWords } from '../time.ts';
import { grantsEvidence } from './grants-evidence.ts';
import type { Signal } from './signal.ts';

/** One kind of context that raises an alert's score above the rule's. */
export interface Factor {
  id: string;
  adds: number;
  title: string;
  /** The evidence for it, in words that quote outside text; undefined when it doesn't hold. */
  evidence(signals: readonly Signal[]): string | undefined;
  /** Of the factors with the same word only the first that holds counts. */
  oneOf?: string;
}

/** So many additions by one actor in so short a time are many. */
const MANY = { count: 5, within: 10 * MINUTE };

/** Every factor, what it adds, and when it holds; the strongest first. */
export const FACTORS: readonly Factor[] = [
  {
    id: 'administrator',
    adds: 55,
    title: 'The group gives administrator rights',
    evidence: (signals) => grantsEvidence(signals, 'administrator'),
    oneOf: 'grants',
  },
  {
    id: 'escalation',
    adds: 35,
    title: 'The group opens a known path to more rights',
    evidence: (signals) => grantsEvidence(signals, 'escalation'),
    oneOf: 'grants',
  },
  {
    id: 'disowned',
    adds: 30,
    title: 'The person asked says it was not them',
    evidence: of('disowned', ({ by }) => `${by} answered No`),
  },
  {
    id: 'self-addition',
    adds: 26,
    title: 'The actor added itself',
    evidence: of('self-addition', ({ user, by }) =>
      by === 'user'
        ? `${user} is actor and added user`
        : `the session has the source identity ${user}, the added user`,
    ),
  },
  {
    id: 'root',
    adds: 26,
    title: 'The account root did it',
    evidence: of('root', () => 'the identity of the record is Root'),
  },
  {
    id: 'broad-write',
    adds: 20,
    title: 'The group gives broad write access',
    evidence: (signals) => grantsEvidence(signals, 'broad-write'),
    oneOf: 'grants',
  },
  {
    id: 'chain',
    adds: 20,
    title: 'The group was made or given a policy shortly before',
    evidence: of('chain', ({ event, before }) =>
      within(before, DAY) ? `${event} ${spanInWords(before)} before` : undefined,
    ),
  },
  {
    id: 'delegated-access',
    adds: 20,
    title: 'A third party acted by temporary delegated access',
    evidence: of('delegated-access', ({ account }) => `invokedByDelegate: account ${account}`),
  },
  {
    id: 'new-user',
    adds: 15,
    title: 'The added user is new',
    evidence: of('new-user', ({ user, age }) =>
      within(age, DAY) ? `${user} was created ${spanInWords(age)} before` : undefined,
    ),
  },
  {
    id: 'mass-addition',
    adds: 15,
    title: 'Many additions at once',
    evidence: of('mass-addition', ({ count, within: span }) =>
      count >= MANY.count && within(span, MANY.within)
        ? `${count} additions by this actor in ${spanInWords(span)}`
        : undefined,
    ),
  },
  {
    id: 'weak-session',
    adds: 10,
    title: 'A session without a second factor, or a long-term key',
    evidence: of('weak-session', ({ why }) =>
      why === 'no-mfa' ? 'mfaAuthenticated is false' : 'a long-term access key (AKIA)',
    ),
  },
  {
    id: 'first-addition',
    adds: 10,
    title: 'The first addition by this actor',
    evidence: of('first-addition', ({ days }) => `none before in ${days} days`),
  },
  {
    id: 'password-without-mfa',
    adds: 5,
    title: 'The added user has a password and no second factor',
    evidence: of('password-without-mfa', ({ user }) => `${user} has a console password and no MFA device`),
  },
];

type SignalOf<Kind extends Signal['is']> = Extract<Signal, { is: Kind }>;

/** The evidence that all signals of a kind give together. */
function of<Kind extends Signal['is']>(
  kind: Kind,
  words: (signal: SignalOf<Kind>) => string | undefined,
): Factor['evidence'] {
  const isOfKind = (signal: Signal): signal is SignalOf<Kind> => signal.is === kind;
  return (signals) => {
    const found = signals.filter(isOfKind).flatMap((signal) => words(signal) ?? []);
    return found.length > 0 ? [...new Set(found)].join(', ') : undefined;
  };
}

const within = (span: number, most: number): boolean => span >= 0 && span <= most;
