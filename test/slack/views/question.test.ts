import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAnswer } from '../../../src/domain/question/evidence.ts';
import { ANSWERS, ASKED, type Question } from '../../../src/domain/question.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import { guidePhase } from '../../../src/slack/views/guide.ts';
import { line } from '../../../src/slack/views/line.ts';
import { questionMessage } from '../../../src/slack/views/question/message.ts';
import { answerModal } from '../../../src/slack/views/question/modal.ts';
import { answerAnswer, askAnswer } from '../../../src/slack/views/question/refusal.ts';
import { checkBlocks, checkView } from '../../../src/standins/slack/block-kit.ts';
import type { AskRefusal } from '../../../src/use-cases/question/wish.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';
import { aQuestion } from '../../support/questions.ts';

const at = Date.UTC(2026, 10, 24, 5);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const alert = alertWith();
const MENTION = { approvers: [], mention: { who: ['U0ANA', 'S0SEC'], from: 'never' } } as const;

const STATES: Record<string, Question> = {
  'asked-actor': aQuestion(),
  'asked-owner': aQuestion({ asked: 'owner', where: 'tag owner of the IAM user bob' }),
  'answered-no': aQuestion({ answer: { said: 'no', comment: 'I was on holiday', at } }),
  'answered-yes': aQuestion({ asked: 'owner', answer: { said: 'yes', at } }),
};

describe.each(Object.entries(STATES))('a question that is %s', (name, question) => {
  it('has its message', async () => {
    const drawn = questionMessage(question, alert, { version: 2 });
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/question-${name}.json`);
  });
});

it('is answered in a form', async () => {
  const view = answerModal(aQuestion(), alert, 'no');
  expect(checkView(view)).toEqual([]);
  await expect(json(view)).toMatchFileSnapshot('__snapshots__/modal-answer.json');
});

it('shows its answer in the guide', async () => {
  const guide = withAnswer(alert, STATES['answered-no'] ?? aQuestion(), 21);
  const drawn = guidePhase(guide, rule, 'triage', { version: 2, answers: [] });
  expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/guide-with-answer.json');
});

const entry = (what: string, facts: Record<string, unknown>) => ({
  sequence: 1,
  at,
  by: { id: 'U0ALICE' },
  what,
  facts,
  previousHash: '',
  hash: '',
});
const lineOf = (what: string, facts: Record<string, unknown> = {}) =>
  line(alert, entry(what, facts), rule, MENTION);

it('calls whoever asked when nobody is set up as a responder', () => {
  const facts = { asked: 'actor', askedBy: 'U0CLEO', said: 'no' };
  const nobody = { approvers: [], mention: { who: [], from: 'never' } } as const;
  expect(line(alert, entry('question-answered', facts), rule, nobody).text).toContain(
    '<@U0CLEO> please look.',
  );
  expect(lineOf('question-answered', facts).text).not.toContain('U0CLEO');
});

it('is told in the thread', async () => {
  const { to, email, where } = aQuestion();
  const before = { score: 21, severity: 'low' };
  const lines = [
    lineOf('question-asked', { asked: 'actor', to, email, where }),
    lineOf('question-asked', { asked: 'owner', to, email, where: 'tag owner of the IAM user bob' }),
    ...ANSWERS.map((said) =>
      lineOf('question-answered', {
        asked: 'actor',
        said,
        ...(said === 'no' ? { score: 51, severity: 'high' } : before),
        before,
      }),
    ),
    lineOf('question-answered', { asked: 'owner', said: 'yes', comment: 'Ticket 7', ...before, before }),
    lineOf('question-unanswered', { asked: 'actor', to }),
    lineOf('answer-refused'),
    lineOf('question-not-asked', { asked: 'owner' }),
  ];
  await expect(json(lines.map(({ text }) => text))).toMatchFileSnapshot('__snapshots__/question-lines.json');
});

const refusals = (text: string): AskRefusal[] => [
  { because: 'unreadable' },
  { because: 'already-asked', to: 'U0ALICE', by: 'U0ANA', at },
  { because: 'already-asked', to: 'U0ALICE', by: 'U0BEN', at },
  { because: 'unfit', to: 'U0ALICE', why: 'They are a guest at Slack.' },
  { because: 'nobody-found', asked: 'actor', tried: [] },
  { because: 'nobody-found', asked: 'actor', tried: [], tagged: text, unread: text },
  {
    because: 'nobody-found',
    asked: 'owner',
    tagged: text,
    tried: Array.from({ length: 9 }, () => ({ email: text, where: `tag owner of the IAM user ${text}` })),
  },
];

it('is refused in words that say what to do', async () => {
  const told = refusals('bob').map((refusal) => askAnswer({ is: 'refused', refusal }, 'U0ANA')?.text);
  const answers = [
    askAnswer({ is: 'gone' }, 'U0ANA'),
    answerAnswer({ is: 'gone' }),
    answerAnswer({ is: 'refused', refusal: { because: 'not-asked', to: 'U0ALICE' } }),
    answerAnswer({ is: 'refused', refusal: { because: 'already-answered', at } }),
  ].map((said) => said?.text);
  await expect(json([...told, ...answers])).toMatchFileSnapshot('__snapshots__/question-refusals.json');
});

it('text from AWS and from people stays text', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (user, group, actor, comment) => {
      const odd = alertWith(
        {},
        {
          requestParameters: { userName: user, groupName: group },
          userAgent: actor,
          sourceIPAddress: group,
          userIdentity: { type: 'IAMUser', userName: actor },
        },
      );
      const where = `tag owner of the IAM user ${user}`;
      const questions = ASKED.flatMap((asked) => [
        aQuestion({ asked, where, email: group }),
        aQuestion({ asked, where, email: group, answer: { said: 'no', comment, at } }),
      ]);
      const drawn = [
        ...questions.map((one) => questionMessage(one, odd, { version: 1 })),
        ...questions.map((one) =>
          guidePhase(withAnswer(odd, one, 21), rule, 'triage', { version: 1, answers: [] }),
        ),
        lineOf('question-asked', { asked: 'owner', to: user, email: group, where }),
        lineOf('question-answered', {
          asked: 'owner',
          said: 'no',
          comment,
          score: 9,
          before: { score: 1, severity: actor },
          severity: actor,
        }),
      ];
      for (const { blocks, text } of drawn) {
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(Buffer.byteLength(text)).toBeLessThan(3_900);
        expect(text.replace(TAGS, '')).not.toMatch(/[<>]/);
      }
      const views = questions.map((one) => answerModal(one, odd, 'unsure'));
      for (const view of views) expect(checkView(view)).toEqual([]);
      for (const text of markupOf([drawn, views])) {
        expect(text.verbatim).toBe(true);
        expect(String(text.text).replace(TAGS, '')).not.toMatch(/[<>]/);
      }
      for (const refusal of refusals(user)) {
        const said = askAnswer({ is: 'refused', refusal }, 'U0ANA')?.text ?? '';
        expect(said.replace(TAGS, '')).not.toMatch(/[<>]/);
        expect(said.length).toBeLessThan(12_000);
      }
    }),
    { numRuns: 80 },
  );
});
