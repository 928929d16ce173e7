import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alert.ts';
import { type Answer, listed, name, type Part, say, strong, when } from '../../../src/domain/answer.ts';
import type { Assessment } from '../../../src/domain/assessment.ts';
import { PHASES } from '../../../src/domain/guide.ts';
import { FACTORS as FACTOR_LIST } from '../../../src/domain/risk/factors.ts';
import type { StepAnswer } from '../../../src/domain/step-answer.ts';
import type { AuditEntry } from '../../../src/ports/audit.ts';
import { RULES } from '../../../src/rules/catalogue.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import { alertAnswer } from '../../../src/slack/views/answers/alert.ts';
import { auditAnswer } from '../../../src/slack/views/answers/audit.ts';
import { helpAnswer } from '../../../src/slack/views/answers/help.ts';
import { listAnswer } from '../../../src/slack/views/answers/list.ts';
import { lookUpAnswer, progressAnswer } from '../../../src/slack/views/answers/look-up.ts';
import { ruleAnswer } from '../../../src/slack/views/answers/rule.ts';
import { card } from '../../../src/slack/views/card.ts';
import { guidePhase } from '../../../src/slack/views/guide.ts';
import { assignModal } from '../../../src/slack/views/modals/assign.ts';
import { noteModal } from '../../../src/slack/views/modals/note.ts';
import { rawModal } from '../../../src/slack/views/modals/raw.ts';
import { resolveModal } from '../../../src/slack/views/modals/resolve.ts';
import { snoozeModal } from '../../../src/slack/views/modals/snooze.ts';
import { notice } from '../../../src/slack/views/notice.ts';
import { stepDetails } from '../../../src/slack/views/step-answer.ts';
import { checkMessage, checkView } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const at = Date.UTC(2026, 10, 24, 5);
const by = 'U0ANA';
const SETTING = { responses: [], revokeSessions: false, companions: { total: 0, shown: [] } };

const FACTORS = FACTOR_LIST.map(({ id, adds, title }) => ({ id, adds, title, evidence: `why ${title}` }));
const ASSESSED: Assessment = {
  at,
  score: 100,
  severity: 'critical',
  factors: FACTORS,
  granted: { is: 'administrator', because: ['gives every action, those of IAM included'], doubtful: false },
  unread: [],
  documentsLeft: 0,
};
const COMPANIONS = {
  total: 7,
  shown: [
    { user: 'carol', alertId: 'GW-2', url: 'https://x.slack.com/archives/C1/p2' },
    { user: undefined, alertId: 'GW-3' },
  ],
};

const ANSWER: Answer = {
  at,
  source: 'IAM',
  short: [say`${name('bob')} has ${strong('a password and no second factor')}, since ${when(at)}`],
  more: [[{ link: 'Best practices', to: 'https://docs.aws.amazon.com/' }], [...listed(['a', 'b', 'c'], 2)]],
  table: {
    columns: ['When', 'What'],
    rows: Array.from({ length: 30 }, (_, n) => [`2026-11-${n}`, `row ${n}`]),
  },
  missing: ['not allowed to read the access keys of bob: grant iam:ListAccessKeys'],
};
const ANSWERS: StepAnswer[] = [
  { step: 'actor', answer: ANSWER },
  { step: 'scope', asked: { since: at, by, pages: 12 } },
  { step: 'owners', answer: ANSWER, asked: { since: at, by, pages: 0 } },
  { step: 'intended-use', trouble: { at, why: 'reading CloudTrail: ThrottlingException' } },
];

/** What an intruder's card shows who has just made himself administrator. */
const INTRUDER: [id: string, adds: number, title: string, evidence: string][] = [
  [
    'administrator',
    55,
    'The group gives administrator rights',
    'every action on everything, by AdministratorAccess, statement 1',
  ],
  ['self-addition', 26, 'The actor added itself', 'mallory is actor and added user'],
  ['no-mfa', 10, 'A session without a second factor, or a long-term key', 'the access key AKIAEXAMPLE66'],
  ['first-addition', 10, 'The first addition by this actor', 'none before in 90 days'],
];

const STATES: Record<string, Alert> = {
  open: alertWith(),
  acknowledged: alertWith({
    version: 2,
    handling: { is: 'acknowledged', by, at },
    assignee: { to: 'U0BEN', by, at },
  }),
  snoozed: alertWith({ version: 3, snooze: { until: at + 3_600_000, by, at } }),
  'disablement-requested': alertWith({
    version: 4,
    disablement: { by, at, user: 'bob', reason: 'Stolen key' },
  }),
  resolved: alertWith({
    version: 5,
    handling: { is: 'resolved', by, at, verdict: 'benign', note: 'Ticket 12' },
    guideOpenedBy: by,
  }),
  reopened: alertWith({ version: 6, reopened: { by, at } }),
  'guide-worked': alertWith({
    version: 7,
    guideOpenedBy: by,
    guide: {
      actor: { state: 'done', by, at },
      owners: { state: 'open', by, at, note: { text: 'Asked Cleo', by, at } },
      scope: { state: 'not-applicable', by, at },
    },
  }),
  unreadable: alertWith({ cause: { is: 'unreadable', why: 'it is not JSON' } }),
  'self-added-by-root': alertWith(
    {},
    { userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root' } },
  ),
  'from-china': alertWith(
    { region: 'cn-north-1' },
    {
      awsRegion: 'cn-north-1',
      userIdentity: { type: 'IAMUser', userName: 'bob', arn: 'arn:aws-cn:iam::1:user/bob' },
    },
  ),
  intruder: alertWith(
    {
      environment: { name: 'production', criticality: 'high' },
      severity: 'critical',
      riskScore: 100,
      assessment: {
        ...ASSESSED,
        factors: INTRUDER.map(([id, adds, title, evidence]) => ({ id, adds, title, evidence })),
      },
    },
    {
      userIdentity: {
        type: 'IAMUser',
        userName: 'mallory',
        arn: 'arn:aws:iam::111122223333:user/mallory',
        accessKeyId: 'AKIAEXAMPLE66',
      },
      requestParameters: { userName: 'mallory', groupName: 'admins' },
      sourceIPAddress: '198.51.100.23',
      userAgent: 'aws-cli/2.31.9 ua/2.1 os/linux#6.8.0',
    },
  ),
  assessed: alertWith({ assessment: ASSESSED, severity: 'critical', riskScore: 100 }),
  'assessed-in-part': alertWith({
    severity: 'medium',
    assessment: {
      ...ASSESSED,
      score: 31,
      severity: 'medium',
      factors: ASSESSED.factors.slice(-1),
      granted: undefined,
      unread: [
        { why: 'not allowed to read the policies attached to the group admins: grant iam:X', passing: false },
        { why: 'reading the user bob failed: Throttling', passing: true },
      ],
      documentsLeft: 3,
    },
  }),
  corrected: alertWith({ related: [{ key: 'k', relation: 'correction', updatedFields: 'userAgent' }] }),
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

describe.each(Object.entries(STATES))('an alert that is %s', (name, alert) => {
  it('has its card', async () => {
    const drawn = card(alert, rule, { ...SETTING, version: alert.version });
    expect(checkMessage(drawn)).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/card-${name}.json`);
  });
});

it('a card leads to those of the same actor and group', async () => {
  const drawn = card(alertWith(), rule, { ...SETTING, companions: COMPANIONS, version: 1 });
  expect(checkMessage(drawn)).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/card-with-companions.json');
});

describe('the guide', () => {
  it.each(PHASES)('draws the phase %s', async (phase) => {
    const drawn = guidePhase(STATES['guide-worked'] ?? alertWith(), rule, phase, {
      version: 7,
      answers: ANSWERS,
    });
    expect(checkMessage(drawn)).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/guide-${phase}.json`);
  });
});

it('an answer is there in full', async () => {
  const step = rule.guide[0];
  if (!step) throw new Error('the guide has no steps');
  const drawn = stepDetails(step, { step: step.id, answer: ANSWER }, { version: 2 });
  expect(checkMessage(drawn)).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/answer-in-full.json');
});

const modals = (alert: Alert) => ({
  assign: assignModal(alert),
  note: noteModal(alert, rule.guide[0] ?? { id: '', phase: 'triage', title: '', question: '', look: [] }),
  raw: rawModal(alert, json({ hello: '<!channel>' }).repeat(3)),
  resolve: resolveModal(alert),
  snooze: snoozeModal(alert),
});

describe('modals', () => {
  it.each(Object.entries(modals(alertWith())))('%s', async (name, view) => {
    expect(checkView(view)).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot(`__snapshots__/modal-${name}.json`);
  });
});

const entry = (alert: Alert, different: Partial<AuditEntry> = {}): AuditEntry => ({
  sequence: 1,
  at,
  by: { id: by, name: 'ana', team: 'T0HOME' },
  what: 'acknowledge',
  alertId: alert.id,
  from: 'open',
  to: 'acknowledged',
  facts: {},
  previousHash: '',
  hash: '',
  ...different,
});

const answers = (alert: Alert) => ({
  help: helpAnswer(),
  unknown: helpAnswer('dance'),
  rule: ruleAnswer(RULES),
  list: listAnswer({
    title: 'Alerts',
    alerts: Array.from({ length: 5 }, () => alert),
    total: 25,
    offset: 5,
    pageSize: 5,
    query: 'open',
    linkOf: () => 'https://x.slack.com/archives/C1/p1',
  }),
  none: listAnswer({
    title: 'Alerts',
    alerts: [],
    total: 0,
    offset: 0,
    pageSize: 5,
    query: '',
    linkOf: () => undefined,
  }),
  alert: alertAnswer(alert, rule, {
    responses: [],
    history: [
      entry(alert, { what: 'raised', by: undefined }),
      entry(alert, { sequence: 2 }),
      entry(alert, { sequence: 3, what: 'refused', facts: { act: 'acknowledge', because: 'resolved' } }),
      entry(alert, { sequence: 4, what: 'denied', facts: { denial: 'guest', action: 'alert.acknowledge' } }),
    ],
  }),
  audit: auditAnswer({
    alertId: alert.id,
    entries: Array.from({ length: 10 }, (_, n) =>
      entry(alert, {
        sequence: 30 - n,
        by: n === 9 ? undefined : { id: by, name: alert.account, team: alert.account },
        facts: { note: alert.cause.is === 'match' ? alert.cause.subject : '' },
        responseId: n === 8 ? alert.id : undefined,
      }),
    ),
    query: `audit ${alert.id}`,
    offset: 10,
    pageSize: 10,
    total: 40,
  }),
  blind: notice({
    is: 'blind',
    account: '111122223333',
    since: at,
    why: 'AccessDenied',
    remedy: 'Allow it.',
  }),
  gap: notice({ is: 'gap', account: '111122223333', from: at, until: at + 60_000 }),
  'organization-unlisted': notice({
    is: 'organization-unlisted',
    why: 'listing the accounts of the organization: AccessDeniedException: …; grant organizations:ListAccounts',
    remedy: 'Run Groupwatch in the management account.',
    watched: 3,
  }),
  'organization-changed': notice({
    is: 'organization-changed',
    added: ['newcomer (999900001111)'],
    dropped: ['data (777788889999)'],
  }),
  'in-several': lookUpAnswer(TWIN, { is: 'in-several', accounts: HOMES }, []),
  unreadable: lookUpAnswer(
    TWIN,
    {
      is: 'unreadable',
      account: { id: '777788889999', name: 'sandbox' },
      why: 'assuming the role arn:aws:iam::777788889999:role/groupwatch/groupwatch-reader of the account sandbox (777788889999): AccessDenied: …; grant sts:AssumeRole',
      history: {},
    },
    [],
  ),
  'not-watched': lookUpAnswer({ ...TWIN, account: 'sandbox' }, NOWHERE, []),
  seeing: notice({ is: 'seeing', account: '111122223333', since: at, at: at + 60_000 }),
  'channel-lost': notice({ is: 'channel-lost', channel: 'C0PAYMENTS', why: 'is_archived' }),
  'config-broken': notice({
    is: 'config-broken',
    problems: ['line 7: accounts.1.id: must be twelve digits', 'line 12: routes.0.channel: is missing'],
  }),
});

const places = (name: string) => Array.from({ length: 10 }, () => ({ id: name, name }));
const HOMES = [
  { id: '111122223333', name: 'home' },
  { id: '444455556666', name: 'production' },
];
const NOWHERE = { is: 'not-watched', watched: HOMES, total: 40 } as const;
const TWIN = { kind: 'user', text: 'twin' } as const;

describe('answers and notices', () => {
  it.each(Object.entries(answers(alertWith())))('%s', async (name, drawn) => {
    expect(checkMessage(drawn)).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/answer-${name}.json`);
  });
});

describe('text from AWS and from people stays text', () => {
  it('in every answer of the guide, in short and in full, and in every look-up', () => {
    const part = fc.oneof(
      nasty.map((text): Part => ({ say: text })),
      nasty.map((text): Part => name(text)),
      nasty.map((text): Part => strong(text)),
      nasty.map((text): Part => ({ person: text })),
      nasty.map((text): Part => ({ alert: text })),
      nasty.map((text): Part => ({ link: text, to: `https://x.example/${text}` })),
      fc.constant(when(at)),
    );
    const sentences = fc.array(fc.array(part, { maxLength: 6 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        sentences,
        fc.array(fc.array(nasty, { minLength: 2, maxLength: 2 }), { maxLength: 40 }),
        nasty,
        (said, rows, evil) => {
          const answer = {
            ...ANSWER,
            short: said,
            more: said,
            missing: [evil, evil],
            source: evil,
            table: { columns: [evil, 'b'], rows },
          };
          const known: StepAnswer[] = rule.guide.map(({ id }) => ({
            step: id,
            answer,
            trouble: { at, why: evil },
          }));
          const found = { is: 'found', name: evil, answer, history: {} } as const;
          const wanted = { kind: 'actor', text: evil, span: '24h' } as const;
          const messages = [
            ...PHASES.map((phase) => guidePhase(alertWith(), rule, phase, { version: 1, answers: known })),
            ...rule.guide
              .slice(0, 2)
              .map((step) => stepDetails(step, { step: step.id, answer }, { version: 1 })),
            lookUpAnswer(wanted, found, []),
            lookUpAnswer(wanted, { is: 'several', arns: [evil, evil] }, []),
            lookUpAnswer(wanted, { ...found, account: { id: evil, name: evil } }, []),
            lookUpAnswer(wanted, { is: 'in-several', accounts: places(evil) }, []),
            lookUpAnswer(wanted, { is: 'not-watched', watched: places(evil), total: 12 }, []),
            lookUpAnswer({ kind: 'user', text: evil, account: evil }, NOWHERE, []),
            lookUpAnswer(
              wanted,
              { is: 'unreadable', account: { id: evil, name: evil }, why: evil, history: {} },
              [],
            ),
            lookUpAnswer(
              { kind: 'user', text: evil },
              { is: 'unknown', near: [evil, 'a'], missing: [evil] },
              [],
            ),
            progressAnswer(wanted, 'id', 3),
          ];
          for (const drawn of messages) {
            expect(checkMessage(drawn)).toEqual([]);
            expect(Buffer.byteLength(drawn.text)).toBeLessThan(3_900);
            expect(drawn.text.replace(TAGS, '')).not.toMatch(/[<>]/);
          }
          for (const text of markupOf(messages)) {
            expect(text.verbatim).toBe(true);
            expect(String(text.text).replace(TAGS, '')).not.toMatch(/[<>]/);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('in every card, modal and answer', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (user, group, actor) => {
        const evil = [user, group, actor].join(actor);
        const alert = alertWith(
          {
            assessment: {
              ...ASSESSED,
              factors: FACTORS.map((factor) => ({ ...factor, evidence: evil })),
              granted: { is: 'administrator', because: [evil, evil, evil], doubtful: false },
              unread: Array.from({ length: 9 }, () => ({ why: evil, passing: false })),
            },
            disablement: { by, at, user, reason: group },
            handling: { is: 'resolved', by, at, verdict: 'benign', note: actor },
          },
          {
            requestParameters: { userName: user, groupName: group },
            userAgent: actor,
            sourceIPAddress: group,
            eventID: user,
            userIdentity: { type: actor, userName: actor, accessKeyId: user },
          },
        );
        const companions = {
          total: 9,
          shown: Array.from({ length: 4 }, () => ({
            user,
            alertId: 'GW-KJDXE5ZJF7Z8',
            url: 'https://x.slack.com/archives/C1/p2',
          })),
        };
        const messages = [
          card(alert, rule, { ...SETTING, companions, version: 1 }),
          ...Object.values(answers(alert)),
        ];
        const letters = markupOf(messages[0]).map(({ text }) => String(text).length);
        expect(letters.reduce((sum, length) => sum + length, 0)).toBeLessThan(12_000);
        for (const drawn of messages) {
          expect(checkMessage(drawn)).toEqual([]);
          expect(Buffer.byteLength(drawn.text)).toBeLessThan(3_900);
          expect(drawn.text.replace(TAGS, '')).not.toMatch(/[<>]/);
        }
        const views = Object.values(modals(alert));
        for (const view of views) expect(checkView(view)).toEqual([]);
        for (const text of markupOf([messages, views])) {
          expect(text.verbatim).toBe(true);
          expect(String(text.text).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 150, examples: [['&'.repeat(128), '&'.repeat(128), '&'.repeat(128)]] },
    );
  });
});
