import type { By, Numbers } from '../domain/numbers.ts';
import type { Report } from '../domain/report.ts';
import { STRETCH_WORDS, STRETCHES } from '../domain/times.ts';
import { ruleOf } from '../rules/catalogue.ts';
import { percent, spreadInWords } from '../slack/views/numbers/words.ts';

/** Names of AWS may hold what a terminal would obey. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e\u00a1-\u1fff]/g, '·');

/** A report as lines for a terminal. */
export function inLines({ from, to, total, numbers, by }: Report): string {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const parts = (['account', 'group', 'rule'] as const).flatMap((one) => [
    '',
    `by ${one}`,
    ...by[one].map((share) => `  ${nameOf(one, share.name)}: ${short(share)}`),
  ]);
  const lines = [
    `${total} ${total === 1 ? 'alert' : 'alerts'} from ${day(from)} to ${day(to)}`,
    ...(numbers.falsePositives === undefined ? [] : [`false positives: ${percent(numbers.falsePositives)}`]),
    ...STRETCHES.map((stretch) => {
      const spread = numbers.stretches[stretch];
      return `${STRETCH_WORDS[stretch]}: ${spread ? `${spreadInWords(spread)} (of ${spread.of})` : 'not known of any'}`;
    }),
    ...(total === 0 ? [] : parts),
  ];
  return `${lines.join('\n')}\n`;
}

const nameOf = (by: By, name: string): string =>
  by === 'rule' ? ruleOf(name).name : name === '' ? `no ${by} named` : printable(name);

function short({ alerts, stretches, falsePositives }: Numbers): string {
  const acknowledged = stretches['to-acknowledge'];
  const resolved = stretches['to-resolve'];
  return [
    String(alerts),
    ...(acknowledged ? [`acknowledged after ${spreadInWords(acknowledged)}`] : []),
    ...(resolved ? [`resolved after ${spreadInWords(resolved)}`] : []),
    ...(falsePositives === undefined ? [] : [`${percent(falsePositives)} false positives`]),
  ].join(', ');
}
