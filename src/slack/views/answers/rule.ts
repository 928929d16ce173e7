import type { KnownBlock, SectionBlock } from '@slack/types';
import type { Rule } from '../../../rules/rule.ts';
import { fields, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { code, join, link, mrkdwn } from '../../text.ts';

/** The facts of the public rule, whose text stays where it is, and in short our own beside it. */
export function ruleAnswer([rule, ...own]: readonly Rule[]): Drawn {
  if (!rule) return { text: 'There is no rule.', blocks: [] };
  return { text: mrkdwn`The rule ${rule.name}`.text, blocks: [...publicRule(rule), ...own.map(ownRule)] };
}

/** What Groupwatch looks for beside it. */
function ownRule({ url, name, id, severity, riskScore, condition, threshold, wording }: Rule): SectionBlock {
  const often = threshold
    ? mrkdwn`${threshold.count} times by one actor within ${threshold.withinMinutes} min`
    : mrkdwn`each time`;
  return section(
    mrkdwn`*Groupwatch's own: ${link(url, name)}*\n${code(id)} · ${severity} · ${riskScore}\n${wording.headline}: ${code(condition.provider)} ${code(condition.action)}, ${condition.outcome}, ${often}`,
  );
}

function publicRule(rule: Rule): KnownBlock[] {
  const { condition, schedule, threats } = rule;
  const techniques = threats.map(({ tactic, technique }) =>
    technique
      ? mrkdwn`${tactic.id} ${tactic.name} by ${technique.id} ${technique.name}`
      : mrkdwn`${tactic.id} ${tactic.name}`,
  );
  const head = mrkdwn`*${link(rule.url, rule.name)}*, version ${rule.version}\n${code(rule.id)}`;
  return [
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
  ];
}
