import { guide } from './iam-user-added-to-group-guide.ts';
import type { Rule } from './rule.ts';

/**
 * Elastic's prebuilt rule "AWS IAM User Addition to Group": its facts, in our own words.
 * Source: https://www.elastic.co/guide/en/security/8.19/aws-iam-user-addition-to-group.html
 */
export const iamUserAddedToGroup: Rule = {
  id: '333de828-8190-4cf5-8d7c-7575846f6fe0',
  name: 'AWS IAM User Addition to Group',
  type: 'query',
  version: 101,
  url: 'https://www.elastic.co/guide/en/security/8.19/aws-iam-user-addition-to-group.html',
  severity: 'low',
  riskScore: 21,
  reads: ['filebeat-*', 'logs-aws*'],
  schedule: { everyMinutes: 10, lookBackMinutes: 60, maxAlertsPerRun: 100 },
  condition: {
    dataset: 'aws.cloudtrail',
    provider: 'iam.amazonaws.com',
    action: 'AddUserToGroup',
    outcome: 'success',
    reversedBy: 'RemoveUserFromGroup',
  },
  subject: { kind: 'user', parameter: 'userName' },
  object: { kind: 'group', parameter: 'groupName' },
  prelude: { created: 'CreateGroup', given: ['AttachGroupPolicy', 'PutGroupPolicy'] },
  wording: { headline: 'IAM user added to a group', verb: 'added', preposition: 'to the group' },
  tags: [
    'Elastic',
    'Cloud',
    'AWS',
    'Continuous Monitoring',
    'SecOps',
    'Identity and Access',
    'Credential Access',
    'Persistence',
    'has_guide',
  ],
  threats: [
    { tactic: { id: 'TA0006', name: 'Credential Access' } },
    {
      tactic: { id: 'TA0003', name: 'Persistence' },
      technique: { id: 'T1098.003', name: 'Account Manipulation: Additional Cloud Roles' },
    },
    {
      tactic: { id: 'TA0004', name: 'Privilege Escalation' },
      technique: { id: 'T1098.003', name: 'Account Manipulation: Additional Cloud Roles' },
    },
  ],
  falsePositives: [
    'An administrator doing their job',
    'Onboarding of a colleague',
    'A change of role',
    'Identity automation',
  ],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html'],
  history:
    'Added with Elastic Stack 7.9.0, last changed for 8.5.0. Versions 2 to 5, 8 and 101 changed the format only, 6 reordered the condition. Upstream has moved on since: 215 reads T1098.003 and TA0004 into it, and its guide looks at what the group grants and at chains of create, attach and add.',
  guide,
};
