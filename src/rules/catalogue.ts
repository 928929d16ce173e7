import { iamGroupAdditionRefused } from './iam-group-addition-refused.ts';
import { iamUserAddedToGroup } from './iam-user-added-to-group.ts';
import type { Rule } from './rule.ts';

export const RULES: readonly Rule[] = [iamUserAddedToGroup, iamGroupAdditionRefused];

/** The rule with this id; an alert of a rule that was taken out is still drawn by the first one's words. */
export function ruleOf(id: string): Rule {
  return RULES.find((rule) => rule.id === id) ?? iamUserAddedToGroup;
}
