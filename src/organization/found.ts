import type { ListedAccount, ListedOrganization } from '../aws/organization.ts';
import type { OrganizationSettings } from '../config-file/organization.ts';
import type { AccountSettings, AccountsAndRoutes } from '../config-file.ts';
import { patternOf } from '../domain/routing.ts';

/** What CONFIG_FILE says, with the accounts of the organization that it doesn't name itself. */
export function withFound(
  file: AccountsAndRoutes,
  listed: ListedOrganization | undefined,
): AccountsAndRoutes {
  const { organization, routes } = file;
  if (!organization || !listed) return file;
  const ids = new Set(file.accounts.map(({ id }) => id));
  const names = new Map<string, number>();
  const count = (name: string): void => void names.set(name, (names.get(name) ?? 0) + 1);
  for (const { name } of file.accounts) count(name ?? '');
  const wanted = watchedOf(organization, listed).filter(({ id }) => !ids.has(id));
  for (const { name } of wanted) count(name);
  const found = wanted.map(({ id, name }): AccountSettings => {
    const isAlone = names.get(name) === 1;
    return settingsFor(id, isAlone ? name : `${name} ${id}`, organization, listed);
  });
  const accounts = [...file.accounts, ...found];
  const idOf = (named: string): string => accounts.find(({ name }) => name === named)?.id ?? named;
  return { ...file, accounts, routes: routes.map((one) => ({ ...one, accounts: one.accounts?.map(idOf) })) };
}

/** Those that are active and not excluded, by their ids, so that the order doesn't change. */
export function watchedOf(
  { exclude }: OrganizationSettings,
  { accounts }: ListedOrganization,
): ListedAccount[] {
  const patterns = exclude.map(patternOf);
  return accounts
    .filter(
      ({ id, name, active }) => active && !patterns.some((pattern) => pattern.test(id) || pattern.test(name)),
    )
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function settingsFor(
  id: string,
  name: string,
  { reader, responder, regions, channel, owners, criticality }: OrganizationSettings,
  { home, partition }: ListedOrganization,
): AccountSettings {
  const arnOf = (role: string): string => `arn:${partition}:iam::${id}:role/${role}`;
  return {
    id,
    name,
    // Where Groupwatch runs it has its own role.
    reader: id === home ? undefined : { roleArn: arnOf(reader.role), externalId: reader.externalId },
    responder: responder && { roleArn: arnOf(responder.role), externalId: responder.externalId },
    regions,
    channel,
    owners,
    criticality,
  };
}
