import { readDocument } from '../../src/domain/policy/document.ts';
import { judge, type Verdict } from '../../src/domain/policy/verdict.ts';
import type { Figure } from './figure.ts';

const DOCUMENTS = 2_000;

/** Policies as accounts have them, from one line to what fills a managed policy (6,144 characters), with verdicts. */
export const POLICIES: readonly { is: Verdict['is']; text: string }[] = [
  written('administrator', { Effect: 'Allow', Action: '*', Resource: '*' }),
  written(
    'broad-write',
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    { Effect: 'Allow', Action: ['iam:CreateServiceLinkedRole', 'iam:ListRoles'], Resource: '*' },
  ),
  written('escalation', ...services(12, ['Get*', 'List*', 'UpdateFunctionCode', 'Put*']), {
    Effect: 'Allow',
    Action: ['iam:PassRole', 'lambda:CreateFunction'],
    Resource: '*',
  }),
  written('narrow', ...services(60, ['Get*', 'List*', 'Describe*'])),
  written('narrow', ...services(40, ['GetItem', 'PutItem', 'TagResource']), {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  }),
];

function written(is: Verdict['is'], ...Statement: object[]): { is: Verdict['is']; text: string } {
  return { is, text: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement })) };
}

function services(count: number, names: string[]): object[] {
  return Array.from({ length: count }, (_, n) => ({
    Effect: 'Allow',
    Action: names.map((name) => `service${n}:${name}`),
    Resource: `arn:aws:service${n}:*:111122223333:thing/team-${n}/*`,
  }));
}

/** Policy documents read and judged, beside decoding and JSON.parse of the same. */
export async function policySpeed(): Promise<Figure[]> {
  const texts = Array.from({ length: DOCUMENTS }, (_, n) => POLICIES[n % POLICIES.length]?.text ?? '');
  const perSecond = (work: (text: string) => unknown): number => {
    const rounds = [1, 2, 3].map(() => {
      const began = performance.now();
      texts.forEach(work);
      return performance.now() - began;
    });
    return (DOCUMENTS / Math.min(...rounds)) * 1000;
  };
  return [
    {
      name: 'policy evaluation',
      value: perSecond((text) => judge([{ name: 'bench', document: readDocument(text) }])),
      unit: 'documents/s',
      comparison: 'JSON.parse of the same documents, documents/s',
      against: perSecond((text) => JSON.parse(decodeURIComponent(text))),
    },
  ];
}

if (import.meta.main) for (const figure of await policySpeed()) console.log(JSON.stringify(figure));
