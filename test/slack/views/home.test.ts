import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alert.ts';
import type { Exception } from '../../../src/domain/exception.ts';
import { numbersOf } from '../../../src/domain/numbers.ts';
import { SEVERITIES } from '../../../src/domain/severity.ts';
import { HOUR } from '../../../src/domain/time.ts';
import type { Unresolved } from '../../../src/ports/alerts.ts';
import { ACTION } from '../../../src/slack/ids.ts';
import { mrkdwn } from '../../../src/slack/text.ts';
import { closedHome, homeView } from '../../../src/slack/views/home/home.ts';
import type { HomeOf } from '../../../src/slack/views/home/home-of.ts';
import { noHome } from '../../../src/slack/views/refusal.ts';
import { checkView } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';
import { requestWith } from '../../support/requests.ts';

const at = Date.UTC(2026, 10, 24, 5);
const by = 'U0ANA';
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const link = ({ id }: { id: string }): string => `https://x.slack.com/archives/C1/${id}`;
const nobody = { open: 0, acknowledged: 0 };
const NONE: Unresolved = { low: nobody, medium: nobody, high: nobody, critical: nobody };
const ACCOUNT = {
  account: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  completedAt: at - 4_000,
  sweptAt: {},
  callsLastMinute: 4,
  waiting: { polls: 0, lookUps: 0 },
};
const STATUS: HomeOf['status'] = {
  version: '0.1.0',
  startedAt: at - HOUR,
  now: at,
  accounts: [ACCOUNT],
  queue: 0,
  jobs: 0,
  replicas: [],
  counts: { open: 0, acknowledged: 0, resolved: 0 },
  sockets: { open: 2, of: 2 },
  attempts: { total: 0, since: 0 },
  exceptions: 0,
};

const QUIET = numbersOf([]);
const BUSY = numbersOf(
  Array.from({ length: 9 }, (_, n) => ({
    alertId: `GW-${n}`,
    account: '1',
    ruleId: 'r',
    severity: 'low' as const,
    eventTime: at - HOUR,
    lookedAt: at - 15_000,
    raisedAt: at,
    shownAt: at + n * 100,
    acknowledgedAt: at + n * 60_000,
    resolvedAt: at + n * HOUR,
    ...(n > 4 && { verdict: n > 7 ? ('false-positive' as const) : ('benign' as const) }),
  })),
);

const exception = (id: string, different: Partial<Exception> = {}): Exception => ({
  id,
  version: 1,
  alertId: 'GW-EXAMPLE00001',
  conditions: { actor: 'hr-bot', group: 'admins' },
  reason: 'Onboarding, ticket 12',
  by: 'U0BEN',
  at,
  expiresAt: at + 30 * 24 * HOUR,
  state: { is: 'pending' },
  hits: 0,
  ...different,
});

const home = (different: Partial<HomeOf> = {}): HomeOf => ({
  status: STATUS,
  open: { alerts: [], total: 0 },
  page: 0,
  counts: NONE,
  mine: { alerts: [], total: 0 },
  numbers: QUIET,
  linkOf: link,
  ...different,
});

/** As many as a page holds, of every severity. */
function many(count: number, record: Record<string, unknown> = {}): Alert[] {
  return Array.from({ length: count }, (_, n) =>
    alertWith({ id: `GW-EXAMPLE000${10 + n}`, severity: SEVERITIES[3 - (n % 4)] ?? 'low' }, record),
  );
}

const FULL = home({
  said: mrkdwn`Somebody was faster.`,
  numbers: BUSY,
  status: {
    ...STATUS,
    queue: 3,
    accounts: Array.from({ length: 9 }, (_, n) => ({
      account: `11112222333${n}`,
      region: 'us-east-1',
      partition: 'aws',
      sweptAt: {},
      callsLastMinute: 0,
      waiting: { polls: 0, lookUps: 0 },
      ...(n < 7 && { completedAt: at - 4_000 }),
      ...(n === 6 && { blindSince: at - HOUR }),
    })),
  },
  open: { alerts: many(20), total: 10_000 },
  page: 3,
  counts: {
    critical: { open: 5, acknowledged: 1 },
    high: { open: 5, acknowledged: 1 },
    medium: { open: 90, acknowledged: 0 },
    low: { open: 9_900, acknowledged: 0 },
  },
  mine: { alerts: many(8), total: 12 },
  requests: {
    asked: Array.from({ length: 5 }, (_, n) => ({ request: requestWith({ id: `RS-EXAMPLE0${n}` }) })),
    exceptions: Array.from({ length: 3 }, (_, n) => exception(`EX-EXAMPLE0${n}`)),
    total: 12,
  },
});

const STATES: Record<string, HomeOf> = {
  quiet: home(),
  'of-an-approver': home({
    requests: {
      asked: [
        { request: requestWith() },
        {
          request: requestWith({
            id: 'RS-EXAMPLE02',
            action: { do: 'undo', of: 'RS-EXAMPLE01', reactivate: false },
          }),
          original: requestWith(),
        },
      ],
      exceptions: [exception('EX-EXAMPLE01')],
      total: 3,
    },
  }),
  worked: home({
    numbers: BUSY,
    open: {
      alerts: [
        alertWith({ id: 'GW-EXAMPLE00001', severity: 'critical', reminded: { times: 2, at } }),
        alertWith({ id: 'GW-EXAMPLE00002', assignee: { to: 'U0BEN', by, at } }),
        alertWith({ id: 'GW-EXAMPLE00003', cause: { is: 'unreadable', why: 'it is not JSON' } }),
      ],
      total: 3,
    },
    counts: { ...NONE, critical: { open: 1, acknowledged: 0 }, low: { open: 2, acknowledged: 1 } },
    mine: {
      alerts: [
        alertWith({ id: 'GW-EXAMPLE00004', handling: { is: 'acknowledged', by, at } }),
        alertWith({ id: 'GW-EXAMPLE00005', snooze: { until: at + HOUR, by, at } }),
      ],
      total: 2,
    },
    linkOf: ({ id }) => (id === 'GW-EXAMPLE00003' ? undefined : link({ id })),
  }),
  blind: home({
    status: { ...STATUS, accounts: [{ ...ACCOUNT, blindSince: at - HOUR }] },
  }),
};

describe('the Home tab', () => {
  it.each(Object.entries(STATES))('that is %s', async (name, of) => {
    const view = homeView(of);
    expect(checkView(view)).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot(`__snapshots__/home-${name}.json`);
  });

  it('of who may not respond is a sentence, and of approvers what they may decide on', async () => {
    const view = closedHome(noHome('not-a-responder'), undefined, link);
    expect(checkView(view)).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot('__snapshots__/home-closed.json');
    const approvers = closedHome(noHome('not-a-responder'), FULL.requests, link);
    expect(checkView(approvers)).toEqual([]);
    expect(json(approvers)).toContain(ACTION.approveResponse);
    expect(json(approvers)).not.toContain(ACTION.acknowledge);
  });

  it('keeps within a hundred blocks, however much there is', () => {
    const view = homeView(FULL);
    expect(checkView(view)).toEqual([]);
    expect(view.blocks.length).toBeGreaterThan(80);
    expect(json(view)).toContain('61 to 80 of 10000');
    expect(json(view)).toContain("*The account `111122223336` can't be watched*");
  });

  it('keeps to what Slack takes, and to plain text, whatever AWS and people write', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (user, group, reason) => {
        const record = {
          requestParameters: { userName: user, groupName: group },
          userIdentity: { type: 'IAMUser', userName: group },
        };
        const action = { do: 'remove-from-group', user, group } as const;
        const request = requestWith({ reason: reason.repeat(5), action });
        const view = homeView({
          ...FULL,
          open: { alerts: many(20, record), total: 99 },
          mine: { alerts: many(8, record), total: 99 },
          requests: {
            asked: Array.from({ length: 5 }, (_, n) => ({ request: { ...request, id: `RS-${n}` } })),
            exceptions: Array.from({ length: 3 }, (_, n) =>
              exception(`EX-${n}`, {
                reason: reason.repeat(5),
                conditions: { actor: user, group, userAgent: user },
              }),
            ),
            total: 99,
          },
        });
        expect(checkView(view)).toEqual([]);
        for (const { verbatim, text } of markupOf(view)) {
          expect(verbatim).toBe(true);
          expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to it also where all names are as long as they can be, and everything was done to an alert', () => {
    const long = '&'.repeat(128);
    const record = {
      recipientAccountId: '111122223333',
      requestParameters: { userName: long, groupName: long },
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::111122223333:assumed-role/${long}/${long}`,
        sessionContext: { sessionIssuer: { userName: long } },
      },
    };
    const done = {
      handling: { is: 'acknowledged', by, at },
      assignee: { to: 'U0BEN', by, at },
      snooze: { until: at + HOUR, by, at },
      reminded: { times: 19, at },
    } as const;
    const alert = alertWith(done, record);
    expect(json(alert)).toContain(`"name": "${long}"`);
    const view = homeView({
      ...FULL,
      open: { alerts: [{ ...alert, id: 'GW-EXAMPLE00001', handling: { is: 'open' } }], total: 1 },
      mine: { alerts: [alert], total: 1 },
    });
    expect(checkView(view)).toEqual([]);
  });

  it('offers to acknowledge only what nobody has', () => {
    const text = json(homeView(STATES.worked ?? home()));
    const acknowledgeable = [
      ...text.matchAll(
        /"value": "(GW-EXAMPLE0000\d)",\n\s+"(?:style": "primary",\n\s+")?accessibility_label": "Acknowledge/g,
      ),
    ];
    expect(acknowledgeable.map(([, id]) => id).sort()).toEqual([
      'GW-EXAMPLE00001',
      'GW-EXAMPLE00002',
      'GW-EXAMPLE00003',
      'GW-EXAMPLE00005',
    ]);
  });
});
