import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { Fact, PolicyText } from '../../domain/facts.ts';
import type { Instant } from '../../domain/time.ts';
import { given } from './pages.ts';
import type { Counted, Kind, MakeReading } from './reading.ts';

/** Documents of managed policies: of the version in force. */
export interface Documents {
  of(arn: string, asking: Counted): Promise<Fact<PolicyText>>;
  /** How many calls `of` would make, at most. */
  costOf(arn: string, asking: Counted): number;
}

interface InForce {
  version: string;
  updatedAt?: Instant;
}

/** IAM gives documents URL-encoded (RFC 3986); what isn't stays as it is. */
export function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}

/** True for a policy that AWS keeps, the same in every account. */
export function isOfAws(arn: string): boolean {
  return /^arn:[\w-]+:iam::aws:/.test(arn);
}

/** Reads documents by two calls: which version is in force, and its text. */
export function documentsOf(client: IAMClient, reading: MakeReading): Documents {
  const inForce = reading<InForce>({
    permission: 'iam:GetPolicy',
    load: async ([PolicyArn], send) => {
      const { Policy } = await send((options) => client.send(new GetPolicyCommand({ PolicyArn }), options));
      return {
        version: given(Policy?.DefaultVersionId, 'DefaultVersionId'),
        updatedAt: Policy?.UpdateDate?.getTime(),
      };
    },
  });
  const text: Kind<string> = {
    permission: 'iam:GetPolicyVersion',
    load: async ([PolicyArn, VersionId], send) => {
      const command = new GetPolicyVersionCommand({ PolicyArn, VersionId });
      const { PolicyVersion } = await send((options) => client.send(command, options));
      return decoded(given(PolicyVersion?.Document, 'Document'));
    },
  };
  // A version of AWS never changes. One of the account's may: the policy can be deleted and made again.
  const textOfAws = reading({ ...text, forever: true });
  const textOfOwn = reading(text);
  const textBy = (arn: string) => (isOfAws(arn) ? textOfAws : textOfOwn);
  return {
    async of(arn, asking) {
      const policy = await inForce([arn], asking);
      if (policy.is !== 'known') return policy;
      const { version, updatedAt } = policy.value;
      const read = await textBy(arn)([arn, version], asking);
      if (read.is !== 'known') return read;
      return { is: 'known', value: { text: read.value, version, updatedAt }, at: policy.at };
    },
    costOf: (arn, asking) => {
      const policy = inForce.remembered([arn], asking);
      if (policy?.is !== 'known') return policy ? 0 : 2;
      return textBy(arn).remembered([arn, policy.value.version], asking) ? 0 : 1;
    },
  };
}
