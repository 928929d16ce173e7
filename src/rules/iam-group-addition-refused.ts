import { iamUserAddedToGroup } from './iam-user-added-to-group.ts';
import type { Rule } from './rule.ts';

/**
 * Groupwatch's own rule beside Elastic's: who tries again and again to add users to groups and may not is either a
 * script that lacks a permission, or somebody who tries what stolen credentials are good for.
 */
export const iamGroupAdditionRefused: Rule = {
  ...iamUserAddedToGroup,
  id: 'groupwatch-group-additions-refused',
  name: 'Additions to IAM Groups Refused Repeatedly',
  type: 'threshold',
  version: 1,
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  severity: 'medium',
  riskScore: 47,
  condition: { ...iamUserAddedToGroup.condition, outcome: 'failure' },
  threshold: { count: 5, withinMinutes: 10 },
  wording: {
    headline: 'Additions to IAM groups refused repeatedly',
    verb: 'tried five times or more within ten minutes, and AWS refused, to add',
    preposition: 'to the group',
  },
  tags: ['Groupwatch', 'Cloud', 'AWS', 'Identity and Access', 'Persistence', 'has_guide'],
  threats: iamUserAddedToGroup.threats.filter(({ technique }) => technique !== undefined),
  falsePositives: ['A script or a pipeline that lacks a permission', 'A colleague who tries out a new role'],
  history: 'Made with Groupwatch; Elastic has no such rule.',
};
