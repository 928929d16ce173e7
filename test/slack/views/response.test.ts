import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/domain/response/commands.ts';
import type { ResponseRequest } from '../../../src/domain/response/request.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import { responseAnswer, responsesAnswer } from '../../../src/slack/views/answers/response.ts';
import { runbookAnswer } from '../../../src/slack/views/answers/runbook.ts';
import { card } from '../../../src/slack/views/card.ts';
import { line } from '../../../src/slack/views/line.ts';
import { approveModal, denyModal, undoModal } from '../../../src/slack/views/response/decision-modals.ts';
import { withOriginal } from '../../../src/slack/views/response/deed.ts';
import { responseRefusalText } from '../../../src/slack/views/response/refusal.ts';
import { requestCard } from '../../../src/slack/views/response/request-card.ts';
import { requestModal } from '../../../src/slack/views/response/request-modal.ts';
import { runbook } from '../../../src/slack/views/response/runbook.ts';
import { runbookPages } from '../../../src/slack/views/response/runbook-pages.ts';
import { checkBlocks, checkView } from '../../../src/standins/slack/block-kit.ts';
import type { ResponseRefusal } from '../../../src/use-cases/respond.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';
import {
  AT,
  everyStep,
  knownPreview,
  RESPONSES,
  responseWith,
  stepsOf,
} from '../../support/response-states.ts';

const APPROVERS = ['U0BEN', 'S0SEC'];
const SETTING = { version: 3, approvers: APPROVERS };
const all = Object.values(RESPONSES);
const asked = (request: ResponseRequest) => withOriginal(request, all);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

describe.each(Object.entries(RESPONSES))('a request that is %s', (name, request) => {
  it('has its card', async () => {
    const drawn = requestCard(asked(request), SETTING);
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/request-${name}.json`);
  });
});

it('calls the approvers only while there is something to decide', () => {
  for (const request of all) {
    const drawn = json(requestCard(asked(request), SETTING));
    expect(drawn.includes('<!subteam^S0SEC>'), request.state.is).toBe(request.state.is === 'pending');
  }
});

it('says so on the card when nobody can approve, and offers no approval', async () => {
  const drawn = requestCard({ request: RESPONSES.pending ?? responseWith() }, { version: 3, approvers: [] });
  expect(json(drawn)).not.toContain('Approve…');
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/request-nobody-can-approve.json');
});

it('has words for every write to IAM', async () => {
  const request = responseWith({ steps: everyStep('bob', 'Admin'), state: { is: 'running', at: AT } });
  const drawn = requestCard({ request }, SETTING);
  expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/request-every-step.json');
});

describe('the runbook', () => {
  const byName = (name: string): ResponseRequest => RESPONSES[name] ?? responseWith();

  it.each(['approved-in-request-mode', 'stopped', 'done-by-hand', 'running'])(
    'of one that is %s',
    async (name) => {
      const drawn = runbook(asked(byName(name)), { version: 3 });
      expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
      await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/runbook-${name}.json`);
    },
  );

  const commandsIn = ({ blocks }: Drawn): string =>
    blocks
      .flatMap((block) => (block.type === 'rich_text' ? block.elements : []))
      .flatMap((part) => (part.type === 'rich_text_preformatted' ? part.elements : []))
      .map((piece) => ('text' in piece ? piece.text : ''))
      .join('\n');

  /** What people would copy out of all pages, one after the other. */
  const copied = (request: ResponseRequest): string =>
    runbookPages(request)
      .map((_, page) => runbookAnswer(asked(request), page))
      .map((page) => {
        expect(checkBlocks(page.blocks, 'message')).toEqual([]);
        return commandsIn(page);
      })
      .join('\n');

  it('of many steps lets several commands share a block, and leaves none out', () => {
    const steps = Array.from({ length: 35 }, (_, n) => ({ ...stepsOf('bob')[0], id: `s-${n}` })).map(
      (one, n) => ({
        ...one,
        operation: { call: 'DeleteUserPolicy' as const, user: 'bob', policyName: `policy-${n}` },
        state: { is: 'planned' as const },
      }),
    );
    const request = responseWith({ mode: 'request', state: { is: 'approved', at: AT }, steps });
    const drawn = runbook({ request }, { version: 1 });
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    expect(json(drawn).match(/"text": "Mark as run"/g)).toHaveLength(35);
    for (const one of steps) expect(commandsIn(drawn)).toContain(commandOf(one.operation));
    for (const one of steps) expect(copied(request)).toContain(commandOf(one.operation));
  });

  it('that is too long for a message tells where the rest is, and the rest is there', () => {
    const document = `{"Sid":"${'x'.repeat(10_240)}"}`;
    const steps = [
      ...stepsOf('bob'),
      {
        id: 'big',
        operation: { call: 'PutRolePolicy' as const, role: 'Admin', policyName: 'p', document },
        state: { is: 'planned' as const },
      },
    ];
    const request = responseWith({ mode: 'request', state: { is: 'approved', at: AT }, steps });
    const drawn = json(runbook({ request }, { version: 1 }));
    expect(drawn).toContain('/groupwatch runbook RS-00C0FFEE00');
    const big = steps.at(-1);
    expect(copied(request).replaceAll('\n', '')).toContain(big && commandOf(big.operation));
  });

  it('shows nothing to run while Groupwatch is at it itself', () => {
    expect(json(runbook({ request: byName('running') }, { version: 1 }))).not.toContain('aws iam');
  });
});

const SETTINGS = {
  usual: { approvers: APPROVERS, revokeSessions: false, mode: 'request' },
  everything: { approvers: APPROVERS, revokeSessions: true, mode: 'execute' },
  nobody: { approvers: [], revokeSessions: false, mode: 'request' },
} as const;

const VIEWS = {
  'request-usual': requestModal(alertWith(), SETTINGS.usual),
  'request-of-role-session': requestModal(alertWith(), SETTINGS.everything),
  'request-of-iam-user': requestModal(
    alertWith({}, { userIdentity: { type: 'IAMUser', userName: 'mallory' } }),
    SETTINGS.everything,
  ),
  'request-nobody-can-approve': requestModal(alertWith(), SETTINGS.nobody),
  approve: approveModal(asked(RESPONSES.pending ?? responseWith())),
  'approve-in-request-mode': approveModal(asked(RESPONSES['pending-in-request-mode'] ?? responseWith())),
  'approve-waiting': approveModal(asked(RESPONSES['pending-revocation'] ?? responseWith())),
  'approve-undo': approveModal(asked(RESPONSES['pending-undo'] ?? responseWith())),
  deny: denyModal(asked(responseWith())),
  undo: undoModal(asked(RESPONSES.done ?? responseWith())),
};

describe('the modal', () => {
  it.each(Object.entries(VIEWS))('%s', async (name, view) => {
    expect(checkView(view)).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot(`__snapshots__/modal-${name}.json`);
  });

  it('offers no revoking of sessions that AWS protects, nor any when it is switched off', () => {
    const identityCenter = alertWith(
      {},
      {
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana',
        },
      },
    );
    expect(json(requestModal(identityCenter, SETTINGS.everything))).not.toContain('revoke-sessions');
    expect(json(requestModal(alertWith(), SETTINGS.usual))).not.toContain('revoke-sessions');
    expect(json(requestModal(alertWith(), SETTINGS.everything))).toContain('revoke-sessions');
  });
});

const WHATS = [
  'requested',
  'approved',
  'denied',
  'withdrawn',
  'expired',
  'retried',
  'started',
  'refused',
  'stopped',
  'done',
  'undone',
  'finding',
  'by-hand',
];

const lineOf = (what: string, facts: Record<string, unknown>, by?: string) =>
  line(
    alertWith(),
    {
      sequence: 1,
      alertId: 'GW-1',
      at: AT,
      by: by === undefined ? undefined : { id: by },
      what,
      facts,
      previousHash: '',
      hash: '',
    },
    rule,
    {
      approvers: APPROVERS,
      mention: { who: [], from: 'never' },
    },
  );

describe('lines of the thread', () => {
  const facts = {
    action: 'disable-user',
    target: 'bob',
    reason: 'Stolen key',
    why: 'bob is another user now',
    step: 'key:AKIAEXAMPLE01',
    findings: [{ is: 'new', what: 'access key AKIAEXAMPLE03' }],
  };

  it('tell every act', async () => {
    const texts = WHATS.map((what) => lineOf(`response-${what}`, facts, 'U0BEN').text);
    await expect(json(texts)).toMatchFileSnapshot('__snapshots__/response-lines.json');
  });

  it('bear entries that tell less, or other things', () => {
    for (const given of [{}, { action: 7, target: null, findings: 'none', step: {} }]) {
      for (const what of WHATS) {
        const drawn = lineOf(`response-${what}`, given);
        expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
      }
    }
  });
});

const REFUSALS: ResponseRefusal[] = [
  { because: 'own-request' },
  { because: 'is-requester' },
  { because: 'is-actor' },
  { because: 'is-concerned' },
  { because: 'not-an-approver', why: 'Guests can approve nothing.' },
  { because: 'no-approvers' },
  { because: 'wrong-name', expected: 'bob' },
  { because: 'already-requested', by: 'U0ANA', at: AT },
  { because: 'already-requested', by: 'U0BEN', at: AT },
  { because: 'not-possible', why: 'The alert is resolved. Reopen it first, from its menu.' },
  { because: 'expired', is: 'pending' },
  { because: 'not-yours', is: 'pending' },
  { because: 'already-run', is: 'approved', by: 'U0ANA', at: AT },
  { because: 'already-run', is: 'approved', by: 'U0BEN', at: AT },
  { because: 'already-decided', is: 'approved', by: 'U0ANA', at: AT },
  { because: 'already-decided', is: 'running', by: 'U0BEN', at: AT },
  { because: 'already-decided', is: 'denied', by: 'U0ANA', at: AT },
  { because: 'already-decided', is: 'withdrawn', by: 'U0ANA', at: AT },
  { because: 'already-decided', is: 'expired', at: AT },
  { because: 'nothing-to-retry', is: 'done' },
  { because: 'not-now', is: 'running' },
];

it('says every refusal in plain words', async () => {
  const texts = REFUSALS.map((refusal) => responseRefusalText(refusal, { me: 'U0BEN' }).text);
  await expect(json(texts)).toMatchFileSnapshot('__snapshots__/response-refusals.json');
});

describe('answers about responses', () => {
  const requests = ['denied', 'done', 'pending-undo'].map((name) => RESPONSES[name] ?? responseWith());
  const ANSWERS = {
    'responses-none': responsesAnswer('GW-1', [], 0),
    responses: responsesAnswer('GW-1', requests, 0),
    'response-one': responseAnswer(asked(RESPONSES['done-and-checked'] ?? responseWith()), 0, SETTING),
    'runbook-page': runbookAnswer(asked(RESPONSES.stopped ?? responseWith()), 0),
  };
  it.each(Object.entries(ANSWERS))('%s', async (name, drawn) => {
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/answer-${name}.json`);
  });
});

it("shows an alert's requests on its card, a line each", async () => {
  const responses = ['denied', 'done', 'pending-undo'].map((name) => RESPONSES[name] ?? responseWith());
  const drawn = card(alertWith(), rule, {
    version: 1,
    responses,
    revokeSessions: false,
    companions: { total: 0, shown: [] },
  });
  expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
  await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/card-with-responses.json');
});

describe('text from AWS and from people stays text', () => {
  const hostile = (user: string, group: string, other: string): ResponseRequest[] =>
    all.map((request) => ({
      ...request,
      action:
        request.action.do === 'undo'
          ? request.action
          : request.action.do === 'revoke-sessions'
            ? { ...request.action, role: user }
            : request.action.do === 'remove-from-group'
              ? { ...request.action, user, group }
              : { ...request.action, user },
      reason: other.repeat(4),
      pinned: { userId: group },
      preview:
        request.preview.is === 'known'
          ? knownPreview(user, { inUse: [group, other], lost: [user], objection: other.repeat(3) })
          : request.preview,
      steps: request.steps.map((step) => ({
        ...step,
        state: 'why' in step.state ? { ...step.state, why: other.repeat(5) } : step.state,
        operation: 'id' in step.operation ? { ...step.operation, id: group } : step.operation,
      })),
      findings: request.findings.map((finding) => ({ ...finding, what: user, detail: other })),
    }));

  it('in every card, runbook, modal, line and answer', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (user, group, other) => {
        const requests = hostile(user, group, other);
        const each = requests.map((request) => withOriginal(request, requests));
        const told = {
          action: group,
          target: user,
          reason: other,
          why: other,
          step: user,
          findings: [{ is: group, what: user }],
        };
        const messages = [
          ...each.map((one) => requestCard(one, SETTING)),
          ...each.map((one) => runbook(one, { version: 1 })),
          ...each.map((one) => responseAnswer(one, 0, SETTING)),
          ...each.map((one) => runbookAnswer(one, 0)),
          responsesAnswer('GW-1', requests, 0),
          card(alertWith(), rule, {
            version: 1,
            responses: requests,
            revokeSessions: false,
            companions: { total: 0, shown: [] },
          }),
          ...WHATS.map((what) => lineOf(`response-${what}`, told)),
        ];
        for (const drawn of messages) {
          expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
          expect(Buffer.byteLength(drawn.text)).toBeLessThan(3_900);
          expect(drawn.text.replace(TAGS, '')).not.toMatch(/[<>]/);
        }
        const alert = alertWith(
          {},
          {
            requestParameters: { userName: user, groupName: group },
            userIdentity: { type: 'IAMUser', userName: other },
          },
        );
        const views = [
          requestModal(alert, SETTINGS.everything),
          ...each.flatMap((one) => [approveModal(one), denyModal(one), undoModal(one)]),
        ];
        for (const view of views) expect(checkView(view)).toEqual([]);
        for (const text of markupOf([messages, views])) {
          expect(text.verbatim).toBe(true);
          expect(String(text.text).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 40 },
    );
  });
});
