import type { Rule } from '../../../rules/rule.ts';
import { fields, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { code, join, link, mrkdwn } from '../../text.ts';

/** The rule's facts; its public text stays where it is. */
export function ruleAnswer(rule: Rule): Drawn {
  const { condition, schedule, threats } = rule;
  const techniques = threats.map(({ tactic, technique }) =>
    technique
      ? mrkdwn`${tactic.id} ${tactic.name} by ${technique.id} ${technique.name}`
      : mrkdwn`${tactic.id} ${tactic.name}`,
  );
  const head = mrkdwn`*${link(rule.url, rule.name)}*, version ${rule.version}\n${code(rule.id)}`;
  return {
    text: mrkdwn`The rule ${rule.name}`.text,
    blocks: [
      section(head),
      fields([
        mrkdwn`*Severity and score*\n${rule.severity} · ${rule.riskScore}`,
        mrkdwn`*Condition*\n${code(condition.provider)} ${code(condition.action)}, ${condition.outcome}`,
        mrkdwn`*Elastic runs it*\nevery ${schedule.everyMinutes} min, ${schedule.lookBackMinutes} min back, ${schedule.maxAlertsPerRun} alerts at most`,
        mrkdwn`*Tags*\n${rule.tags.join(', ')}`,
      ]),
      section(join([mrkdwn`*Threat (MITRE ATT&amp;CK)*`, ...techniques], '\n')),
      section(mrkdwn`*Known false positives*\n${rule.falsePositives.join('; ')}`),
      section(
        join(
          rule.references.map((reference) => link(reference, 'API reference')),
          '\n',
        ),
      ),
    ],
  };
}
