import { describe, expect, it } from 'vitest';
import { PHASES } from '../../src/domain/guide.ts';
import { RULES, ruleOf } from '../../src/rules/catalogue.ts';
import { iamUserAddedToGroup as rule } from '../../src/rules/iam-user-added-to-group.ts';

describe('the rule', () => {
  it('has the facts of the public one', () => {
    expect(rule).toMatchObject({
      id: '333de828-8190-4cf5-8d7c-7575846f6fe0',
      name: 'AWS IAM User Addition to Group',
      type: 'query',
      version: 101,
      severity: 'low',
      riskScore: 21,
      reads: ['filebeat-*', 'logs-aws*'],
      schedule: { everyMinutes: 10, lookBackMinutes: 60, maxAlertsPerRun: 100 },
      condition: {
        dataset: 'aws.cloudtrail',
        provider: 'iam.amazonaws.com',
        action: 'AddUserToGroup',
        outcome: 'success',
      },
      references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html'],
    });
    expect(rule.tags).toEqual([
      'Elastic',
      'Cloud',
      'AWS',
      'Continuous Monitoring',
      'SecOps',
      'Identity and Access',
      'Credential Access',
      'Persistence',
      'has_guide',
    ]);
    expect(rule.threats.map(({ tactic, technique }) => [tactic.id, technique?.id])).toEqual([
      ['TA0006', undefined],
      ['TA0003', 'T1098.003'],
      ['TA0004', 'T1098.003'],
    ]);
    expect(rule.falsePositives).toHaveLength(4);
    for (const version of ['7.9.0', '8.5.0', '101', '215']) expect(rule.history).toContain(version);
  });

  it('has sixteen steps, each of a phase, with a question and what to look at', () => {
    expect(rule.guide.map(({ id, phase }) => `${phase}: ${id}`)).toEqual([
      'triage: actor',
      'triage: related-alerts',
      'triage: owners',
      'triage: change-approval',
      'triage: scope',
      'false-positive: intended-use',
      'response: incident',
      'response: contain',
      'response: impact',
      'response: credentials',
      'response: new-users',
      'response: mfa',
      'response: least-privilege',
      'response: best-practices',
      'response: initial-vector',
      'response: lessons',
    ]);
    for (const { phase, title, question, look } of rule.guide) {
      expect(PHASES).toContain(phase);
      expect(title).not.toBe('');
      expect(question).toMatch(/[?.]$/);
      expect(look.length).toBeGreaterThan(0);
    }
  });

  it('is found by its id, and still draws the alerts of one that was taken out', () => {
    expect(RULES).toContain(rule);
    expect(ruleOf(rule.id)).toBe(rule);
    expect(ruleOf('taken out')).toBe(rule);
  });
});
