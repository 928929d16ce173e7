import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenConditions, conditionChoices } from '../../../src/domain/exception/choices.ts';
import type { Exception } from '../../../src/domain/exception.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import {
  exceptionAnswer,
  exceptionsAnswer,
  noSuchException,
} from '../../../src/slack/views/answers/exceptions.ts';
import { exceptionCard } from '../../../src/slack/views/exception/card.ts';
import { exceptionForm } from '../../../src/slack/views/exception/form.ts';
import { exceptionPreview } from '../../../src/slack/views/exception/preview.ts';
import { exceptionRefusalText } from '../../../src/slack/views/exception/refusal.ts';
import { line } from '../../../src/slack/views/line.ts';
import { notice } from '../../../src/slack/views/notice.ts';
import { checkBlocks, checkView } from '../../../src/standins/slack/block-kit.ts';
import type { WishRefusal } from '../../../src/use-cases/exception/wish.ts';
import { alertWith } from '../../support/alerts.ts';
import { anException } from '../../support/exceptions.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const at = Date.UTC(2026, 10, 24, 5);
const SETTING = { version: 3, approvers: ['U0BEN', 'S0SEC'] };
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const made = (different: Partial<Exception> = {}): Exception =>
  anException({ at, expiresAt: at + 30 * 86_400_000, state: { is: 'active', at }, ...different });

const STATES: Record<string, Exception> = {
  pending: made({ state: { is: 'pending' } }),
  active: made({ hits: 3, lastHitAt: at }),
  approved: made({ state: { is: 'active', approvedBy: 'U0BEN', at } }),
  denied: made({ state: { is: 'denied', by: 'U0BEN', at } }),
  ended: made({ state: { is: 'ended', by: 'U0CLEO', at }, hits: 1, lastHitAt: at }),
  expired: made({ state: { is: 'ended', at } }),
};

describe.each(Object.entries(STATES))('an exception that is %s', (name, exception) => {
  it('has its card', async () => {
    const drawn = exceptionCard(exception, SETTING);
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/exception-${name}.json`);
  });
});

it('offers no approval where nobody can approve', () => {
  const drawn = json(exceptionCard(made({ state: { is: 'pending' } }), { version: 1, approvers: [] }));
  expect(drawn).toContain('Nobody can approve this');
  expect(drawn).not.toContain('exception.approve');
});

const alert = alertWith();
const resolved = alertWith({
  handling: { is: 'resolved', by: 'U0BEN', at, verdict: 'true-positive', note: 'Stolen key' },
});

const modals = (from = alert, exception = made()) => ({
  form: exceptionForm(from),
  preview: exceptionPreview(
    exception,
    { alerts: [from, resolved], looked: 2, of: 2 },
    { ...SETTING, carries: 'x' },
  ),
  'preview-pending': exceptionPreview(
    { ...exception, state: { is: 'pending' } },
    { alerts: Array.from({ length: 200 }, () => from), looked: 2_000, of: 2_345 },
    { ...SETTING, carries: 'x' },
  ),
  'preview-none': exceptionPreview(exception, { alerts: [], looked: 0, of: 0 }, { ...SETTING, carries: 'x' }),
});

const paging = { offset: 0, pageSize: 5, query: 'exceptions' };
const event = (name: string) => ({
  account: name,
  eventKey: 'e',
  at,
  actor: name,
  subject: name,
  object: undefined,
});
const answers = (exceptions = Object.values(STATES).slice(0, 5), name = 'bob') => ({
  exceptions: exceptionsAnswer({ ...paging, exceptions, total: 12 }),
  'exceptions-none': exceptionsAnswer({ ...paging, exceptions: [], total: 0 }),
  exception: exceptionAnswer({
    ...paging,
    exception: exceptions[0] ?? made(),
    events: Array.from({ length: 5 }, () => event(name)),
    total: 30,
    query: 'exceptions EX-0000000001',
  }),
  'exception-unhit': exceptionAnswer({
    ...paging,
    exception: exceptions[4] ?? made(),
    events: [],
    total: 0,
  }),
  'exception-unknown': noSuchException(name),
  'exception-expires': notice({
    is: 'exception-expires',
    exceptionId: 'EX-0000000001',
    conditions: (exceptions[0] ?? made()).conditions,
    reason: (exceptions[0] ?? made()).reason,
    by: 'U0ANA',
    expiresAt: at,
    hits: 3,
  }),
});

describe('what is shown about exceptions', () => {
  it.each(Object.entries(modals()))('modal %s', async (name, view) => {
    expect(checkView(view)).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot(`__snapshots__/modal-exception-${name}.json`);
  });

  it.each(Object.entries(answers()))('answer %s', async (name, drawn) => {
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/answer-${name}.json`);
  });

  it('as lines of the thread, and as refusals', async () => {
    const what = ['added', 'approved', 'denied', 'ended', 'expired', 'expires'];
    const lines = what.map((one) =>
      line(alert, { ...ENTRY, what: `exception-${one}` }, rule, {
        approvers: [],
        mention: { who: [], from: 'never' },
      }),
    );
    const refusals: WishRefusal[] = [
      { because: 'own-exception' },
      { because: 'not-now', is: 'denied', by: 'U0BEN', at },
      { because: 'not-now', is: 'denied', by: 'U0ANA', at },
      { because: 'not-now', is: 'pending' },
      { because: 'no-approvers' },
      { because: 'nothing-to-exempt' },
      { because: 'is-actor' },
      { because: 'is-concerned' },
      { because: 'not-an-approver', why: 'No.' },
    ];
    const told = refusals.map((one) => exceptionRefusalText(one, { me: 'U0ANA' }).text);
    await expect(json([lines.map(({ text }) => text), told])).toMatchFileSnapshot(
      '__snapshots__/exception-lines.json',
    );
  });
});

const ENTRY = {
  sequence: 1,
  at,
  by: { id: 'U0ANA' },
  what: '',
  facts: { exception: 'EX-0000000001' },
  previousHash: '',
  hash: '',
};

it('text from AWS and from people stays text', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (user, group, actor, reason) => {
      const from = alertWith(
        {},
        {
          requestParameters: { userName: user, groupName: group },
          userAgent: actor,
          sourceIPAddress: '2001:db8::7',
          userIdentity: { type: 'IAMUser', userName: actor, arn: `arn:aws:iam::1:user/${actor}` },
        },
      );
      const all = conditionChoices(from);
      const conditions = chosenConditions(
        all,
        all.map(({ choice }) => choice),
      );
      const odd = Object.values(STATES).map((one) => ({ ...one, conditions, reason, by: user }));
      const drawn: Drawn[] = [
        ...odd.map((one) => exceptionCard(one, SETTING)),
        ...Object.values(answers(odd.slice(0, 5), user)),
      ];
      for (const { blocks, text } of drawn) {
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(Buffer.byteLength(text)).toBeLessThan(3_900);
        expect(text.replace(TAGS, '')).not.toMatch(/[<>]/);
      }
      const views = Object.values(modals(from, odd[0]));
      for (const view of views) expect(checkView(view)).toEqual([]);
      for (const text of markupOf([drawn, views])) {
        expect(text.verbatim).toBe(true);
        expect(String(text.text).replace(TAGS, '')).not.toMatch(/[<>]/);
      }
    }),
    { numRuns: 100 },
  );
});
