import {
  ListAccountsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { expect, it, onTestFinished } from 'vitest';
import { startAws } from '../../../src/standins/aws/account.ts';

const KEYS = { accessKeyId: 'AKIAEXAMPLE01', secretAccessKey: 'example' };

async function organization() {
  const aws = await startAws({ accounts: ['444455556666', '777788889999'], pageSize: 2 });
  onTestFinished(() => aws.close());
  const clientFor = (credentials: typeof KEYS) =>
    new OrganizationsClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials, maxAttempts: 1 });
  return { aws, clientFor, client: clientFor(KEYS) };
}

it('lists the accounts of the organization, page by page, suspended ones too', async () => {
  const { aws, client } = await organization();
  aws.members.set('444455556666', 'shop');
  aws.account('777788889999').suspend();
  const pages = await Array.fromAsync(paginateListAccounts({ client }, {}));
  expect(pages.map(({ Accounts = [] }) => Accounts.map(({ Id, Name, State }) => [Id, Name, State]))).toEqual([
    [
      ['111122223333', 'account-111122223333', 'ACTIVE'],
      ['444455556666', 'shop', 'ACTIVE'],
    ],
    [['777788889999', 'account-777788889999', 'SUSPENDED']],
  ]);
});

it('answers no other account, and nobody without the permission', async () => {
  const { aws, clientFor } = await organization();
  const keyIn = (id: string): typeof KEYS => {
    aws.account(id).given.role({ name: 'lister' });
    return { ...KEYS, accessKeyId: aws.account(id).assumeRole({ role: 'lister' }).accessKeyId };
  };
  const refused = { name: 'AccessDeniedException' };
  await expect(clientFor(keyIn('444455556666')).send(new ListAccountsCommand())).rejects.toMatchObject(
    refused,
  );
  const own = clientFor(keyIn('111122223333'));
  expect((await own.send(new ListAccountsCommand())).Accounts).toHaveLength(2);
  aws.knobs.enforcePermissions = true;
  await expect(own.send(new ListAccountsCommand())).rejects.toMatchObject(refused);
});
