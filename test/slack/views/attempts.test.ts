import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iamGroupAdditionRefused } from '../../../src/rules/iam-group-addition-refused.ts';
import { attemptBlocks } from '../../../src/slack/views/answers/attempts.ts';
import { card } from '../../../src/slack/views/card.ts';
import { questionMessage } from '../../../src/slack/views/question/message.ts';
import { checkBlocks } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { attemptAt } from '../../support/attempts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';
import { aQuestion } from '../../support/questions.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** As the count of attempts raises it. */
function refused(different: Record<string, unknown> = {}) {
  const { event, subject, object } = attemptAt(0, different).attempt;
  const { id: ruleId, severity, riskScore } = iamGroupAdditionRefused;
  const found = { at: 0, score: riskScore, severity, factors: [], unread: [], documentsLeft: 0 };
  const cause = { is: 'match', event, subject, object } as const;
  return alertWith({ ruleId, severity, riskScore, cause, assessment: found });
}
const cardOf = (alert: ReturnType<typeof refused>) =>
  card(alert, iamGroupAdditionRefused, {
    version: 1,
    responses: [],
    companions: { total: 0, shown: [] },
    revokeSessions: true,
  });

describe('refused attempts', () => {
  it('have a card that says what was tried, and offers no response on who was to be added', async () => {
    const drawn = cardOf(refused());
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/card-refused.json');
    const self = cardOf(refused({ requestParameters: { userName: 'trudy', groupName: 'admins' } }));
    expect(json(self)).toContain('The actor tried to add *themself*');
    expect(json(questionMessage(aQuestion(), refused(), { version: 1 }))).toContain('tried, in vain, to add');
  });

  it('are listed with their actor', async () => {
    const attempts = [attemptAt(9), attemptAt(5, { errorMessage: 'no' })].map(({ attempt }) => attempt);
    const blocks = attemptBlocks({ attempts, total: 7 });
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    await expect(json(blocks)).toMatchFileSnapshot('__snapshots__/answer-attempts.json');
    expect(attemptBlocks({ attempts: [], total: 0 })).toEqual([]);
  });

  it('keep hostile text as text', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (user, group, actor) => {
        const different = {
          requestParameters: { userName: user, groupName: group },
          userIdentity: { type: 'IAMUser', userName: actor, arn: actor },
          errorCode: group,
          errorMessage: actor,
        };
        const { attempt } = attemptAt(0, different);
        const all = [
          attemptBlocks({ attempts: [attempt, attempt, attempt], total: 3 }),
          cardOf(refused(different)).blocks,
        ];
        for (const blocks of all) expect(checkBlocks(blocks, 'message')).toEqual([]);
        for (const { verbatim, text } of markupOf(all)) {
          expect(verbatim).toBe(true);
          expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
