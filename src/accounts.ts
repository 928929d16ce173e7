import { isDeepStrictEqual } from 'node:util';
import { accessTo, noAccess } from './access.ts';
import type { Settings } from './config.ts';
import type { AccountSettings, AccountsAndRoutes } from './config-file.ts';
import { type Crew, type CrewContext, type CrewWorld, crewFor } from './crew.ts';
import type { Alert } from './domain/alert.ts';
import { channelFor } from './domain/routing.ts';
import type { Place } from './use-cases/raise-alerts.ts';
import { atMost } from './work/at-most.ts';
import type { Trace } from './work/trace.ts';

/** The accounts that are watched now, each with its crew. */
export interface Accounts {
  all(): readonly Crew[];
  /** Of an alert's account; of the first one for what belongs to none. One that isn't watched any more can be asked nothing. */
  crewOf(account: string | undefined): Crew;
  /** A poll of each account, and its sweeps; of each so many at once at most. */
  turns(): readonly ((signal: AbortSignal) => Promise<void>)[];
  /** What an alert's account is, and where it belongs now. */
  place: Place;
  /** Every channel that alerts may go to. */
  channels(): string[];
  /** Who is mentioned instead of the responders; nobody where the account has no owners. */
  ownersOf(alert: Alert): readonly string[];
  /** Takes other accounts and routes over, all at once. An account that stays as it was keeps what it has. */
  adopt(next: AccountsAndRoutes): void;
}

interface World extends CrewWorld {
  lookupsPerSecond?: number;
}

/** Each waits for AWS most of its time, which may be long: 35 s were seen. */
const AT_ONCE = 20;

/** Makes the crews of the accounts in the settings. */
export function watchAccounts(
  settings: Settings,
  world: World,
  context: Omit<CrewContext, 'place'> & { within: Trace['within'] },
): Accounts {
  let { routes } = settings;
  let crews: Crew[] = [];
  const gone = new Map<string, Crew>();
  const [polling, sweeping] = [atMost(AT_ONCE), atMost(AT_ONCE)];
  const turns = new Map<Crew, readonly ((signal: AbortSignal) => Promise<void>)[]>();

  const settingsOf = ({ account }: Pick<Alert, 'account'>): AccountSettings | undefined =>
    crews.find((crew) => isOf(crew, account))?.access.account;

  const place: Place = (alert) => {
    const account = settingsOf(alert);
    const { name, criticality = 'normal' } = account ?? {};
    return {
      environment: name === undefined ? undefined : { name, criticality },
      channel: channelFor(alert, routes) ?? account?.channel ?? settings.channel,
    };
  };
  const seeing = { ...world, metrics: context.metrics };
  const making = { ...context, place };
  const make = (account: AccountSettings): Crew =>
    crewFor(accessTo(account, settings, seeing), settings, world, making);

  function crewOf(account: string | undefined): Crew {
    const [first] = crews;
    const crew = account === undefined ? first : crews.find((one) => isOf(one, account));
    // The one account of the environment's credentials is whichever STS will say.
    const only = first?.access.account.id === undefined && crews.length === 1 ? first : undefined;
    const found = crew ?? only ?? gone.get(account ?? '');
    if (found) return found;
    const made = crewFor(noAccess(account ?? '', settings, seeing), settings, world, making);
    gone.set(account ?? '', made);
    return made;
  }

  const turnsOf = ({ watch }: Crew) => [
    (signal: AbortSignal) => polling(() => context.within('poll', () => watch.poll(signal))),
    (signal: AbortSignal) => sweeping(() => context.within('sweep', () => watch.sweep(signal))),
  ];

  function adopt(next: AccountsAndRoutes): void {
    const kept = (account: AccountSettings): Crew | undefined =>
      crews.find(({ access }) => isDeepStrictEqual(access.account, account));
    crews = next.accounts.map((account) => kept(account) ?? make(account));
    routes = next.routes;
    gone.clear();
    const before = new Map(turns);
    turns.clear();
    for (const crew of crews) turns.set(crew, before.get(crew) ?? turnsOf(crew));
  }

  adopt(settings);
  return {
    all: () => crews,
    crewOf,
    place,
    turns: () => [...turns.values()].flat(),
    channels: () => [
      ...new Set([
        settings.channel,
        ...routes.map(({ channel }) => channel),
        ...crews.flatMap(({ access }) => access.account.channel ?? []),
      ]),
    ],
    ownersOf: (alert) => settingsOf(alert)?.owners ?? [],
    adopt,
  };
}

const isOf = ({ access }: Crew, account: string): boolean =>
  access.account.id === account || access.known()?.account === account;
