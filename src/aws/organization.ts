import { OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from './client-settings.ts';
import { failureOf } from './failure.ts';
import { onlyListed } from './only-listed.ts';

/** An account as AWS Organizations lists it. */
export interface ListedAccount {
  id: string;
  name: string;
  /** Neither suspended, nor being closed, nor just invited. */
  active: boolean;
}

/** What AWS Organizations says, and which of the accounts the environment's credentials are of. */
export interface ListedOrganization {
  accounts: ListedAccount[];
  /** Twelve digits. */
  home: string;
  partition: string;
}

export type ListOrganization = (signal: AbortSignal) => Promise<ListedOrganization>;

/**
 * Lists every account of the organization, all pages, with the environment's credentials. AWS answers the management
 * account and delegated administrators only. Rejects with a `SourceFailure`.
 * Source: docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export function organizationLister(region: string, requestTimeoutMs = 15_000): ListOrganization {
  const settings = { ...clientSettings(region, requestTimeoutMs), maxAttempts: 3 };
  const client = new OrganizationsClient(settings);
  const sts = new STSClient(settings);
  onlyListed(client.middlewareStack, 'reader');
  onlyListed(sts.middlewareStack, 'reader');
  return async (abortSignal) => {
    try {
      const { Account: home = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand(), {
        abortSignal,
      });
      const accounts: ListedAccount[] = [];
      // An empty page isn't the last one.
      for await (const page of paginateListAccounts({ client }, {}, { abortSignal })) {
        // Status goes, and State is newer.
        for (const { Id, Name, State, Status } of page.Accounts ?? [])
          if (Id) accounts.push({ id: Id, name: Name?.trim() || Id, active: (State ?? Status) === 'ACTIVE' });
      }
      return { accounts, home, partition: Arn.split(':')[1] || 'aws' };
    } catch (error) {
      throw failureOf(error, 'listing the accounts of the organization');
    }
  };
}
