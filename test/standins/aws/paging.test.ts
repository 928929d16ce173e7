import {
  GetGroupCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  ListServiceSpecificCredentialsCommand,
  ListUsersCommand,
  paginateGetGroup,
  paginateListAccessKeys,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListEntitiesForPolicy,
  paginateListGroupPolicies,
  paginateListGroups,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListPolicyVersions,
  paginateListRolePolicies,
  paginateListRoleTags,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListUserPolicies,
  paginateListUsers,
  paginateListUserTags,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, sdk } from './sdk.ts';

const policies = {
  attached: ['AdministratorAccess', 'IAMFullAccess', 'AWSDenyAll'],
  inline: { a: {}, b: {}, c: {} },
};
const tags = { a: '1', b: '2', c: '3' };
const UserName = 'ana';
const GroupName = 'g1';
const RoleName = 'r1';

async function populated() {
  const aws = await account({ pageSize: 1 });
  const { arn } = aws.given.policy({ name: 'own', document: {}, before: [{}, {}] });
  for (const name of ['g1', 'g2', 'g3']) aws.given.group({ name, ...policies });
  aws.given.user({
    name: UserName,
    ...policies,
    tags,
    groups: ['g1', 'g2', 'g3'],
    keys: ['AKIAEXAMPLE07', 'AKIAEXAMPLE08', 'AKIAEXAMPLE09'],
    sshKeys: ['s1', 's2', 's3'],
    certificates: ['c1', 'c2', 'c3'],
    serviceCredentials: ['v1', 'v2', 'v3'],
    mfa: ['m1', 'm2', 'm3'],
  });
  for (const name of ['ben', 'cleo']) aws.given.user({ name, groups: ['g1'] });
  aws.given.role({ name: RoleName, ...policies, tags });
  const [one, two, three] = [UserName, 'ben', 'cleo'];
  for (const UserName of [one, two]) aws.iam('AttachUserPolicy', { UserName, PolicyArn: arn });
  aws.iam('PutUserPermissionsBoundary', { UserName: three, PermissionsBoundary: arn });
  return { client: sdk(aws).iam, arn };
}

type Pages = AsyncIterable<object>;
const LISTS: [string, string, (client: IAMClient, arn: string) => Pages][] = [
  ['ListUsers', 'Users', (client) => paginateListUsers({ client }, {})],
  ['ListGroups', 'Groups', (client) => paginateListGroups({ client }, {})],
  ['GetGroup', 'Users', (client) => paginateGetGroup({ client }, { GroupName })],
  ['ListGroupsForUser', 'Groups', (client) => paginateListGroupsForUser({ client }, { UserName })],
  ['ListUserTags', 'Tags', (client) => paginateListUserTags({ client }, { UserName })],
  ['ListRoleTags', 'Tags', (client) => paginateListRoleTags({ client }, { RoleName })],
  [
    'ListAttachedGroupPolicies',
    'AttachedPolicies',
    (client) => paginateListAttachedGroupPolicies({ client }, { GroupName }),
  ],
  [
    'ListAttachedRolePolicies',
    'AttachedPolicies',
    (client) => paginateListAttachedRolePolicies({ client }, { RoleName }),
  ],
  ['ListGroupPolicies', 'PolicyNames', (client) => paginateListGroupPolicies({ client }, { GroupName })],
  ['ListRolePolicies', 'PolicyNames', (client) => paginateListRolePolicies({ client }, { RoleName })],
  ['ListUserPolicies', 'PolicyNames', (client) => paginateListUserPolicies({ client }, { UserName })],
  [
    'ListPolicyVersions',
    'Versions',
    (client, PolicyArn) => paginateListPolicyVersions({ client }, { PolicyArn }),
  ],
  ['ListAccessKeys', 'AccessKeyMetadata', (client) => paginateListAccessKeys({ client }, { UserName })],
  ['ListSSHPublicKeys', 'SSHPublicKeys', (client) => paginateListSSHPublicKeys({ client }, { UserName })],
  [
    'ListSigningCertificates',
    'Certificates',
    (client) => paginateListSigningCertificates({ client }, { UserName }),
  ],
  ['ListMFADevices', 'MFADevices', (client) => paginateListMFADevices({ client }, { UserName })],
  [
    'SimulatePrincipalPolicy',
    'EvaluationResults',
    (client) =>
      paginateSimulatePrincipalPolicy(
        { client },
        {
          PolicySourceArn: `arn:aws:iam::111122223333:user/${UserName}`,
          ActionNames: ['s3:A', 's3:B', 's3:C'],
        },
      ),
  ],
];

async function lengths(pages: Pages, field: string): Promise<number[]> {
  const found: number[] = [];
  for await (const page of pages) {
    const list = Object.entries(page).find(([name]) => name === field)?.[1];
    found.push(Array.isArray(list) ? list.length : -1);
  }
  return found;
}

describe("IAM's lists come in pages", () => {
  it.each(LISTS)('%s', async (_, field, pagesOf) => {
    const { client, arn } = await populated();
    expect(await lengths(pagesOf(client, arn), field)).toEqual([1, 1, 1]);
  });

  it('also of four policies', async () => {
    const { client } = await populated();
    const pages = paginateListAttachedUserPolicies({ client }, { UserName });
    expect(await lengths(pages, 'AttachedPolicies')).toEqual([1, 1, 1, 1]);
  });

  it('of service-specific credentials too, for which the SDK has no paginator', async () => {
    const { client } = await populated();
    const ids: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await client.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker }));
      expect(page.ServiceSpecificCredentials).toHaveLength(1);
      ids.push(page.ServiceSpecificCredentials?.[0]?.ServiceSpecificCredentialId);
      Marker = page.Marker;
    } while (Marker);
    expect(ids).toEqual(['v1', 'v2', 'v3']);
  });

  it('of one account alias', async () => {
    const aws = await account();
    aws.given.alias('example-production');
    const { AccountAliases } = await sdk(aws).iam.send(new ListAccountAliasesCommand({}));
    expect(AccountAliases).toEqual(['example-production']);
  });

  it('of entities: groups, users and roles in one row', async () => {
    const { client, arn } = await populated();
    const pages = paginateListEntitiesForPolicy({ client }, { PolicyArn: arn });
    expect(await lengths(pages, 'PolicyUsers')).toEqual([1, 1, 1]);
    const bounded = paginateListEntitiesForPolicy(
      { client },
      { PolicyArn: arn, PolicyUsageFilter: 'PermissionsBoundary' },
    );
    expect(await lengths(bounded, 'PolicyUsers')).toEqual([1]);
  });

  it('of 100, unless MaxItems says otherwise', async () => {
    const aws = await account();
    for (let n = 0; n < 120; n++) aws.given.user({ name: `user${n}`, groups: ['all'] });
    const { iam } = sdk(aws);
    const first = await iam.send(new GetGroupCommand({ GroupName: 'all' }));
    expect([first.Users?.length, first.IsTruncated]).toEqual([100, true]);
    const rest = await iam.send(new GetGroupCommand({ GroupName: 'all', Marker: first.Marker }));
    expect([rest.Users?.length, rest.IsTruncated, rest.Marker]).toEqual([20, false, undefined]);
    const all = await iam.send(new ListUsersCommand({ MaxItems: 1000 }));
    expect([all.Users?.length, all.IsTruncated]).toEqual([120, false]);
    const wrong = iam.send(new ListUsersCommand({ Marker: 'made-up' }));
    await expect(wrong).rejects.toMatchObject({ Code: 'ValidationError' });
  });
});
