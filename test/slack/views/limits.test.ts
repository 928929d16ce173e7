import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/domain/alert-lifecycle.ts';
import { PHASES } from '../../../src/domain/guide.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import { helpAnswer } from '../../../src/slack/views/answers/help.ts';
import { listAnswer } from '../../../src/slack/views/answers/list.ts';
import { statusAnswer } from '../../../src/slack/views/answers/status.ts';
import { card } from '../../../src/slack/views/card.ts';
import { guidePhase } from '../../../src/slack/views/guide.ts';
import { line } from '../../../src/slack/views/line.ts';
import { messageModal } from '../../../src/slack/views/modals/message.ts';
import { noteModal } from '../../../src/slack/views/modals/note.ts';
import { notice } from '../../../src/slack/views/notice.ts';
import { refusalText } from '../../../src/slack/views/refusal.ts';
import { checkMessage, checkView } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const at = Date.UTC(2026, 10, 24, 5);
const by = 'U0ANA';

/** As long as Slack lets people write in a form, and as hostile as it gets. */
const longest = fc.oneof(
  nasty,
  fc.constantFrom(
    '&'.repeat(500),
    '<!channel>'.repeat(50),
    '𝔘'.repeat(500),
    '`'.repeat(500),
    '> '.repeat(250),
  ),
);

function holds(drawn: Drawn): void {
  expect(checkMessage(drawn)).toEqual([]);
  expect(drawn.text).not.toBe('');
  expect(Buffer.byteLength(drawn.text)).toBeLessThan(3_900);
  expect(drawn.text.replace(TAGS, '')).not.toMatch(/[<>]/);
  for (const { verbatim, text } of markupOf(drawn)) {
    expect(verbatim).toBe(true);
    expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
  }
}

const ACTS = [
  'acknowledge',
  'assign',
  'snooze',
  'wake',
  'resolve',
  'reopen',
  'open-guide',
  'mark-step',
  'note-step',
  'corrected',
  'linked',
  'refused',
  'denied',
  'something to come',
];

const NOBODY = { who: [], from: 'never' } as const;

describe('whatever people write and AWS says, it keeps to the limits of Slack', () => {
  const check = (draw: (text: string) => Drawn[]): void =>
    fc.assert(
      fc.property(longest, (text) => draw(text).forEach(holds)),
      { numRuns: 60 },
    );

  it.each(ACTS)('in the line of the thread for: %s', (what) => {
    check((text) => {
      const facts = { to: by, until: at, verdict: 'benign', note: text, step: 'actor', state: 'done' };
      const entry = { sequence: 1, previousHash: '', hash: '', at, by: { id: by }, what, facts };
      return [
        line(alertWith(), entry, rule, { approvers: [], mention: NOBODY }),
        line(alertWith(), { ...entry, by: undefined, facts: { note: text, step: text } }, rule, {
          approvers: ['S0SEC'],
          mention: NOBODY,
        }),
      ];
    });
  });

  it('in card and guide', () => {
    check((text) => {
      const note = { text, by, at };
      const guide = Object.fromEntries(
        rule.guide.map(({ id }) => [id, { state: 'done', by, at, note } as const]),
      );
      const alert = alertWith({
        guide,
        handling: { is: 'resolved', by, at, verdict: 'benign', note: text },
        assignee: { to: by, by: 'U0BEN', at },
        related: Array.from({ length: 9 }, () => ({
          key: text,
          relation: 'correction',
          updatedFields: text,
        })),
      });
      return [
        card(alert, rule, {
          version: 1,
          responses: [],
          revokeSessions: true,
          companions: { total: 0, shown: [] },
        }),
        ...PHASES.map((phase) => guidePhase(alert, rule, phase, { version: 1, answers: [] })),
      ];
    });
  });

  it('in answers and notices', () => {
    const page = { alerts: [], total: 0, offset: 0, pageSize: 5, linkOf: () => undefined };
    check((text) => [
      helpAnswer(text),
      listAnswer({ ...page, title: `Alerts about the user ${text}`, query: text }),
      notice({ is: 'blind', account: text.slice(0, 20), since: at, why: text, remedy: 'Mend it.' }),
      statusAnswer({
        version: text,
        startedAt: at,
        now: at,
        accounts: [
          {
            account: text.slice(0, 20),
            region: 'x',
            partition: 'y',
            sweptAt: {},
            callsLastMinute: 1,
            waiting: { polls: 1, lookUps: 2 },
            blindSince: at,
          },
        ],
        queue: 1,
        jobs: 0,
        replicas: [],
        counts: { open: 0, acknowledged: 0, resolved: 0 },
        attempts: { total: 0, since: 0 },
        exceptions: 0,
        sockets: { open: 1, of: 2 },
      }),
    ]);
  });

  it('in forms, and in what they say about a refusal', () => {
    const [step] = rule.guide;
    if (!step) throw new Error('the guide is empty');
    const because: Refusal['because'][] = ['already-noted', 'already-assigned', 'already-snoozed'];
    fc.assert(
      fc.property(longest, (text) => {
        const alert = alertWith({
          guide: { [step.id]: { state: 'open', by, at, note: { text: text.slice(0, 200), by, at } } },
        });
        const views = [
          noteModal(alert, step),
          ...because.map((one) => messageModal(refusalText({ because: one, by, at }, { me: 'U0BEN' }))),
        ];
        for (const view of views) expect(checkView(view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('every view', () => {
  const views = resolve(import.meta.dirname, '../../../src/slack/views');
  const draws = /^export (const|function) .*: (Drawn|ModalView)\b|^\): (Drawn|ModalView) \{/m;
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => draws.test(readFileSync(join(views, file), 'utf8')));
  const tests = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .filter((text) => text.includes('standins/slack/block-kit.ts'))
    .join('\n');

  it.each(files)('%s is held against the validator', (file) => {
    expect(tests).toContain(`src/slack/views/${file}'`);
  });

  it('is found by this test', () => {
    expect(files.length).toBeGreaterThan(15);
  });
});
