import type { AttachedPolicy } from '@aws-sdk/client-iam';
import type { Fact, HeldPolicies, HeldPolicy, PolicyText } from '../../domain/facts.ts';
import { knownDocument } from '../../domain/policy/known-policies.ts';
import { type Documents, isOfAws } from './documents.ts';
import { given } from './pages.ts';
import type { Counted, Reading } from './reading.ts';

/** How the policies of a group, or of a user, are read. */
export interface HeldReadings {
  attached: Reading<HeldPolicy[]>;
  inline: Reading<HeldPolicy[]>;
  /** By holder and policy. */
  inlineText: Reading<PolicyText>;
  documents: Documents;
}

/** What has been attached to a holder, or written into it, by name: without documents. */
export async function policyNames(
  holder: string,
  { attached, inline }: HeldReadings,
  asking: Counted,
): Promise<HeldPolicies> {
  const [managed, own] = await Promise.all([attached([holder], asking), inline([holder], asking)]);
  return { attached: managed, inline: own };
}

/** The same with documents, as many as `most` calls allow: those first that nothing is known of. */
export async function withDocuments(
  holder: string,
  names: HeldPolicies,
  readings: HeldReadings,
  asking: Counted,
  most = Number.POSITIVE_INFINITY,
): Promise<HeldPolicies & { unread: number }> {
  const all = [names.attached, names.inline].flatMap((list) => (list.is === 'known' ? list.value : []));
  const documents = new Map<HeldPolicy, Promise<Fact<PolicyText>>>();
  let left = most;
  for (const policy of all.toSorted((a, b) => urgencyOf(a) - urgencyOf(b))) {
    const cost = costOf(holder, policy, readings, asking);
    if (cost > left) continue;
    left -= cost;
    documents.set(policy, documentOf(holder, policy, readings, asking));
  }
  const filled = async (list: Fact<HeldPolicy[]>): Promise<Fact<HeldPolicy[]>> => {
    if (list.is !== 'known') return list;
    const value = list.value.map(async (policy) => ({ ...policy, document: await documents.get(policy) }));
    return { ...list, value: await Promise.all(value) };
  };
  const [attached, inline] = await Promise.all([filled(names.attached), filled(names.inline)]);
  return { attached, inline, unread: all.length - documents.size };
}

function documentOf(
  holder: string,
  { name, arn }: HeldPolicy,
  { documents, inlineText }: HeldReadings,
  asking: Counted,
): Promise<Fact<PolicyText>> {
  return arn === undefined ? inlineText([holder, name], asking) : documents.of(arn, asking);
}

function costOf(
  holder: string,
  { name, arn }: HeldPolicy,
  { documents, inlineText }: HeldReadings,
  asking: Counted,
): number {
  if (arn !== undefined) return documents.costOf(arn, asking);
  return inlineText.remembered([holder, name], asking) ? 0 : 1;
}

function urgencyOf({ arn, kind }: HeldPolicy): number {
  if (kind === 'inline') return 0;
  return knownDocument(arn) ? 3 : kind === 'customer-managed' ? 1 : 2;
}

/** A managed policy by its ARN. */
export function managedPolicy(arn: string, name = arn.slice(arn.lastIndexOf('/') + 1)): HeldPolicy {
  return { name, arn, kind: isOfAws(arn) ? 'aws-managed' : 'customer-managed' };
}

/** One of a list of attached policies, as AWS names it. */
export function attachedPolicy({ PolicyArn, PolicyName }: AttachedPolicy): HeldPolicy {
  return managedPolicy(given(PolicyArn, 'PolicyArn'), PolicyName);
}

/** One of a list of inline policies. */
export function inlinePolicy(name: string): HeldPolicy {
  return { name, kind: 'inline' };
}
