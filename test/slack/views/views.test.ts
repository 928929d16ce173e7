import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alert.ts';
import type { Assessment } from '../../../src/domain/assessment.ts';
import { PHASES } from '../../../src/domain/guide.ts';
import { FACTORS as FACTOR_LIST } from '../../../src/domain/risk/factors.ts';
import type { AuditEntry } from '../../../src/ports.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import { alertAnswer } from '../../../src/slack/views/answers/alert.ts';
import { auditAnswer } from '../../../src/slack/views/answers/audit.ts';
import { helpAnswer } from '../../../src/slack/views/answers/help.ts';
import { listAnswer } from '../../../src/slack/views/answers/list.ts';
import { ruleAnswer } from '../../../src/slack/views/answers/rule.ts';
import { card } from '../../../src/slack/views/card.ts';
import { guidePhase } from '../../../src/slack/views/guide.ts';
import { assignModal } from '../../../src/slack/views/modals/assign.ts';
import { noteModal } from '../../../src/slack/views/modals/note.ts';
import { rawModal } from '../../../src/slack/views/modals/raw.ts';
import { resolveModal } from '../../../src/slack/views/modals/resolve.ts';
import { snoozeModal } from '../../../src/slack/views/modals/snooze.ts';
import { notice } from '../../../src/slack/views/notice.ts';
import { checkBlocks, checkView } from '../../../src/standins/slack/block-kit.ts';
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
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/card-${name}.json`);
  });
});

it('a card leads to those of the same actor and group', async () => {
  const drawn = card(alertWith(), rule, { ...SETTING, companions: COMPANIONS, version: 1 });
  expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/card-with-companions.json');
});

describe('the guide', () => {
  it.each(PHASES)('draws the phase %s', async (phase) => {
    const drawn = guidePhase(STATES['guide-worked'] ?? alertWith(), rule, phase, { version: 7 });
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/guide-${phase}.json`);
  });
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
  rule: ruleAnswer(rule),
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
  seeing: notice({ is: 'seeing', account: '111122223333', since: at, at: at + 60_000 }),
});

describe('answers and notices', () => {
  it.each(Object.entries(answers(alertWith())))('%s', async (name, drawn) => {
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/answer-${name}.json`);
  });
});

describe('text from AWS and from people stays text', () => {
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
          expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
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
      { numRuns: 150 },
    );
  });
});
