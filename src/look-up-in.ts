import type { Accounts } from './accounts.ts';
import type { Crew } from './crew.ts';
import type { AlertStore } from './ports/alerts.ts';
import { SourceFailure } from './ports/cloudtrail.ts';
import type { LookedUp, Looking, LookUp, Place, Wanted } from './use-cases/look-up/wanted.ts';

/** More accounts aren't asked about a name that no alert is about, nor named to choose from. */
const MOST = 10;

const SEARCH = { user: 'subject', group: 'object', actor: 'actor', event: 'eventId' } as const;

/**
 * Looks up in the account that is named; else in the one of our alerts about it; else in all, ten at most. A name that
 * more than one knows is a choice; an ARN, a key and an event's id are of one account only.
 */
export function lookUpIn(accounts: Pick<Accounts, 'all' | 'crewOf'>, alerts: AlertStore): LookUp {
  return async (wanted, looking) => {
    const crews = accounts.all();
    const named = wanted.account ?? accountIn(wanted);
    const crew = named === undefined ? undefined : crews.find((one) => goesBy(one, named));
    if (crew) return askOne(crew, wanted, looking, crews.length > 1);
    const about = { [SEARCH[wanted.kind]]: wanted.text, account: wanted.account };
    const known = await alerts.accountsAbout(about);
    // Of what isn't watched any more there is still our own history.
    if (wanted.account !== undefined && known.length === 0) return notWatched(crews);
    const [newest] = known;
    if (newest === undefined) {
      const found = await askAll(crews, wanted, looking);
      return found.is === 'unknown' && named !== undefined ? notWatched(crews) : found;
    }
    if (known.length > 1 && isAmbiguous(wanted))
      return {
        is: 'in-several',
        accounts: known.map((id) => placeOf(accounts.crewOf(id), id)).slice(0, MOST),
      };
    return askOne(accounts.crewOf(newest), wanted, looking, crews.length > 1);
  };
}

/** The account that an actor's ARN names. */
const accountIn = ({ kind, text }: Wanted): string | undefined =>
  kind === 'actor' ? /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/i.exec(text)?.[1] : undefined;

/** Users, groups and sessions of different accounts may have the same name. */
const isAmbiguous = ({ kind, text }: Wanted): boolean =>
  kind === 'user' || kind === 'group' || (kind === 'actor' && !/^(arn:|A[KS]IA[A-Z0-9]{6,}$)/i.test(text));

function placeOf({ access }: Crew, id = access.account.id ?? access.known()?.account): Place {
  return { id, name: access.account.name };
}

const called = (place: Place | undefined): string => place?.name ?? place?.id ?? 'the account';

function goesBy(crew: Crew, typed: string): boolean {
  const { id, name } = placeOf(crew);
  return id === typed || name?.toLowerCase() === typed.toLowerCase();
}

const notWatched = (crews: readonly Crew[]): LookedUp => ({
  is: 'not-watched',
  watched: crews.slice(0, MOST).map((one) => placeOf(one)),
  total: crews.length,
});

async function askOne(crew: Crew, wanted: Wanted, looking: Looking, several: boolean): Promise<LookedUp> {
  const account = placeOf(crew);
  if (!several) return crew.lookUp({ ...wanted, account: undefined }, looking);
  const why = await crew.access.identity(looking.signal).then(noTrouble, troubleOf);
  if (why !== undefined)
    return {
      is: 'unreadable',
      account,
      why,
      history: { [SEARCH[wanted.kind]]: wanted.text, account: account.id },
    };
  const found = await crew.lookUp({ ...wanted, account: account.id }, looking);
  return found.is === 'found' ? { ...found, account } : found;
}

const noTrouble = (): undefined => undefined;

function troubleOf(error: unknown): string {
  if (error instanceof SourceFailure) return error.message;
  throw error;
}

async function askAll(all: readonly Crew[], wanted: Wanted, looking: Looking): Promise<LookedUp> {
  const crews = all.slice(0, MOST);
  const answers = await Promise.all(crews.map((one) => askOne(one, wanted, looking, all.length > 1)));
  const found = answers.filter((one) => one.is === 'found');
  const certain = found.filter(({ uncertain }) => !uncertain);
  const [first, ...others] = certain;
  if (first && others.length > 0 && isAmbiguous(wanted))
    return { is: 'in-several', accounts: certain.flatMap(({ account }) => account ?? []) };
  const only =
    first ?? answers.find((one) => one.is === 'several') ?? (all.length === 1 ? found[0] : undefined);
  if (only) return only;
  const unknown = answers.filter((one) => one.is === 'unknown');
  const unsaid = answers.flatMap((one) => {
    if (one.is === 'unreadable') return `${called(one.account)}: ${one.why}`;
    return one.is === 'found'
      ? one.answer.missing.slice(0, 1).map((why) => `${called(one.account)}: ${why}`)
      : [];
  });
  const rest = `only ${MOST} of ${all.length} accounts were asked; name the account that you mean`;
  return {
    is: 'unknown',
    near: [...new Set(unknown.flatMap(({ near }) => near))].slice(0, MOST),
    missing: [
      ...(all.length > MOST ? [rest] : []),
      ...new Set([...unknown.flatMap(({ missing }) => missing), ...unsaid]),
    ],
  };
}
