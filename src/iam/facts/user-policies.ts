import {
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import type { PolicyText } from '../../domain/facts.ts';
import { type Documents, decoded } from './documents.ts';
import { attachedPolicy, type HeldReadings, inlinePolicy } from './held.ts';
import { listings } from './listing.ts';
import { given } from './pages.ts';
import type { MakeReading } from './reading.ts';

/** How the policies of a user are read, beside those of its groups. */
export function userPolicyReadings(
  client: IAMClient,
  reading: MakeReading,
  documents: Documents,
): HeldReadings {
  const list = listings(reading);
  return {
    documents,
    attached: list(
      'iam:ListAttachedUserPolicies',
      (UserName, Marker, options) =>
        client.send(new ListAttachedUserPoliciesCommand({ UserName, Marker }), options),
      ({ AttachedPolicies }) => AttachedPolicies?.map(attachedPolicy),
    ),
    inline: list(
      'iam:ListUserPolicies',
      (UserName, Marker, options) => client.send(new ListUserPoliciesCommand({ UserName, Marker }), options),
      ({ PolicyNames }) => PolicyNames?.map((name) => inlinePolicy(name)),
    ),
    inlineText: reading<PolicyText>({
      permission: 'iam:GetUserPolicy',
      load: async ([UserName, PolicyName], send) => {
        const command = new GetUserPolicyCommand({ UserName, PolicyName });
        const { PolicyDocument } = await send((options) => client.send(command, options));
        return { text: decoded(given(PolicyDocument, 'PolicyDocument')) };
      },
    }),
  };
}
