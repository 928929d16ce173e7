import {
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import type { HeldPolicy, PolicyText } from '../../domain/facts.ts';
import type { Documents } from './documents.ts';
import { type HeldReadings, managedPolicy } from './held.ts';
import { everyPage, given } from './pages.ts';
import type { MakeReading } from './reading.ts';

/** How the policies of a user are read, beside those of its groups. */
export function userPolicyReadings(
  client: IAMClient,
  reading: MakeReading,
  documents: Documents,
): HeldReadings {
  return {
    documents,
    attached: reading({
      permission: 'iam:ListAttachedUserPolicies',
      load: ([UserName], send) =>
        everyPage(
          (Marker) =>
            send((options) =>
              client.send(new ListAttachedUserPoliciesCommand({ UserName, Marker }), options),
            ),
          ({ AttachedPolicies }) =>
            AttachedPolicies?.map((one) => managedPolicy(given(one.PolicyArn, 'PolicyArn'), one.PolicyName)),
        ),
    }),
    inline: reading<HeldPolicy[]>({
      permission: 'iam:ListUserPolicies',
      load: ([UserName], send) =>
        everyPage(
          (Marker) =>
            send((options) => client.send(new ListUserPoliciesCommand({ UserName, Marker }), options)),
          ({ PolicyNames }) => PolicyNames?.map((name) => ({ name, kind: 'inline' })),
        ),
    }),
    inlineText: reading<PolicyText>({
      permission: 'iam:GetUserPolicy',
      load: async ([UserName, PolicyName], send) => {
        const command = new GetUserPolicyCommand({ UserName, PolicyName });
        const { PolicyDocument } = await send((options) => client.send(command, options));
        return { text: given(PolicyDocument, 'PolicyDocument') };
      },
    }),
  };
}
