import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
} from '@aws-sdk/client-iam';
import type { GroupIdentity, GroupOrigin, PolicyText } from '../../domain/facts.ts';
import { type Documents, decoded } from './documents.ts';
import { attachedPolicy, type HeldReadings, inlinePolicy } from './held.ts';
import { listings } from './listing.ts';
import { everyPage, given } from './pages.ts';
import type { MakeReading, Reading } from './reading.ts';

/** How a group is read. */
export interface GroupReadings extends HeldReadings {
  identity: Reading<GroupIdentity>;
  /** By one call, however many members there are. */
  origin: Reading<GroupOrigin>;
}

/** A group's own facts, and its policies. */
export function groupReadings(client: IAMClient, reading: MakeReading, documents: Documents): GroupReadings {
  const list = listings(reading);
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
    origin: reading<GroupOrigin>({
      permission: 'iam:GetGroup',
      load: async ([GroupName], send) => {
        const command = new GetGroupCommand({ GroupName, MaxItems: 1 });
        const { Group } = await send((options) => client.send(command, options));
        return {
          id: given(Group?.GroupId, 'GroupId'),
          createdAt: given(Group?.CreateDate, 'CreateDate').getTime(),
        };
      },
    }),
    attached: list(
      'iam:ListAttachedGroupPolicies',
      (GroupName, Marker, options) =>
        client.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker }), options),
      ({ AttachedPolicies }) => AttachedPolicies?.map(attachedPolicy),
    ),
    inline: list(
      'iam:ListGroupPolicies',
      (GroupName, Marker, options) =>
        client.send(new ListGroupPoliciesCommand({ GroupName, Marker }), options),
      ({ PolicyNames }) => PolicyNames?.map((name) => inlinePolicy(name)),
    ),
    inlineText: reading<PolicyText>({
      permission: 'iam:GetGroupPolicy',
      load: async ([GroupName, PolicyName], send) => {
        const command = new GetGroupPolicyCommand({ GroupName, PolicyName });
        const { PolicyDocument } = await send((options) => client.send(command, options));
        return { text: decoded(given(PolicyDocument, 'PolicyDocument')) };
      },
    }),
  };
}
