import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
} from '@aws-sdk/client-iam';
import type { GroupIdentity, HeldPolicy, PolicyText } from '../../domain/facts.ts';
import type { Documents } from './documents.ts';
import { type HeldReadings, managedPolicy } from './held.ts';
import { everyPage, given } from './pages.ts';
import type { MakeReading, Reading } from './reading.ts';

/** How a group is read. */
export interface GroupReadings extends HeldReadings {
  identity: Reading<GroupIdentity>;
}

export function groupReadings(client: IAMClient, reading: MakeReading, documents: Documents): GroupReadings {
  return {
    documents,
    identity: reading({
      permission: 'iam:GetGroup',
      load: async ([GroupName], send) => {
        let group: GroupIdentity | undefined;
        const members = await everyPage(
          (Marker) => send((options) => client.send(new GetGroupCommand({ GroupName, Marker }), options)),
          ({ Group, Users }) => {
            group ??= {
              name: given(Group?.GroupName, 'GroupName'),
              id: given(Group?.GroupId, 'GroupId'),
              arn: given(Group?.Arn, 'Arn'),
              path: Group?.Path ?? '/',
              createdAt: given(Group?.CreateDate, 'CreateDate').getTime(),
              members: [],
            };
            return Users?.map(({ UserName }) => given(UserName, 'UserName'));
          },
        );
        return { ...given(group, 'Group'), members };
      },
    }),
    attached: reading({
      permission: 'iam:ListAttachedGroupPolicies',
      load: ([GroupName], send) =>
        everyPage(
          (Marker) =>
            send((options) =>
              client.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker }), options),
            ),
          ({ AttachedPolicies }) =>
            AttachedPolicies?.map((one) => managedPolicy(given(one.PolicyArn, 'PolicyArn'), one.PolicyName)),
        ),
    }),
    inline: reading<HeldPolicy[]>({
      permission: 'iam:ListGroupPolicies',
      load: ([GroupName], send) =>
        everyPage(
          (Marker) =>
            send((options) => client.send(new ListGroupPoliciesCommand({ GroupName, Marker }), options)),
          ({ PolicyNames }) => PolicyNames?.map((name) => ({ name, kind: 'inline' })),
        ),
    }),
    inlineText: reading<PolicyText>({
      permission: 'iam:GetGroupPolicy',
      load: async ([GroupName, PolicyName], send) => {
        const command = new GetGroupPolicyCommand({ GroupName, PolicyName });
        const { PolicyDocument } = await send((options) => client.send(command, options));
        return { text: given(PolicyDocument, 'PolicyDocument') };
      },
    }),
  };
}
