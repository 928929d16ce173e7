import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alert.ts';
import { SEVERITIES } from '../../../src/domain/severity.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import type { RemindDeed, Unresolved } from '../../../src/ports/alerts.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import { line } from '../../../src/slack/views/line.ts';
import { stillOpen } from '../../../src/slack/views/still-open.ts';
import { checkBlocks } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const RAISED = alertWith().raisedAt;
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function reminder(different: Partial<RemindDeed> = {}): Drawn {
  const { do: what, ...facts }: RemindDeed = {
    do: 'remind',
    number: 1,
    of: 3,
    to: ['U0ANA', 'S0SEC'],
    everyone: false,
    severity: 'critical',
    waited: 5 * MINUTE,
    ...different,
  };
  const entry = { sequence: 2, at: RAISED, what, facts, previousHash: '', hash: '' };
  return line(alertWith(), entry, rule, { approvers: [], mention: { who: [], from: 'critical' } });
}

describe('a reminder in the thread', () => {
  it('calls who is to be called, and says for how long nobody has come', () => {
    expect(reminder()).toMatchObject({
      text: '🔔 <@U0ANA> <!subteam^S0SEC> *Nobody has taken this critical alert for 5 min.* Reminder 1 of 3.',
    });
    expect(reminder().broadcast).toBeUndefined();
  });

  it('is seen in the channel where nobody is called by name', () => {
    expect(reminder({ to: [] })).toMatchObject({
      text: '🔔 *Nobody has taken this critical alert for 5 min.* Reminder 1 of 3.',
      broadcast: true,
    });
  });

  it('calls the whole channel at last', () => {
    expect(reminder({ number: 3, to: [], everyone: true, waited: 15 * MINUTE })).toMatchObject({
      text: '🔔 <!channel> *Nobody has taken this critical alert for 15 min.* Reminder 3 of 3, the last.',
      broadcast: true,
    });
  });

  it('mentions nobody but by ids, and not without end', () => {
    const { text, blocks } = reminder({
      to: ['<!channel>', ...Array.from({ length: 90 }, (_, n) => `U0${n}`)],
    });
    expect(text.replace(TAGS, '')).not.toMatch(/[<>]/);
    expect(text.match(/<@/g)?.length).toBeLessThan(30);
    expect(checkBlocks(blocks, 'message')).toEqual([]);
  });
});

const COUNTS: Unresolved = {
  critical: { open: 1, acknowledged: 1 },
  high: { open: 0, acknowledged: 0 },
  medium: { open: 3, acknowledged: 0 },
  low: { open: 8, acknowledged: 2 },
};
const by = 'U0ANA';
const SAMPLE: Alert[] = [
  alertWith({ severity: 'critical' }),
  alertWith({ severity: 'critical', handling: { is: 'acknowledged', by, at: RAISED } }),
  alertWith({ severity: 'medium', assignee: { to: 'U0BEN', by, at: RAISED } }),
  alertWith({ snooze: { until: RAISED + HOUR, by, at: RAISED } }),
  alertWith({ cause: { is: 'unreadable', why: 'it is not JSON' } }),
];
const about = { at: RAISED + 26 * HOUR, counts: COUNTS };

describe('the daily summary', () => {
  it('tells how many alerts are open, and names the gravest', async () => {
    const drawn = stillOpen(about, SAMPLE, () => 'https://x.slack.com/archives/C1/p1');
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot('__snapshots__/notice-still-open.json');
  });

  it('of a single alert names no more', () => {
    const none = { open: 0, acknowledged: 0 };
    const counts = { critical: { open: 1, acknowledged: 0 }, high: none, medium: none, low: none };
    const drawn = stillOpen({ ...about, counts }, SAMPLE.slice(0, 1), () => undefined);
    expect(drawn.text).toBe('🗒️ *Still open: 1 alert.* 1 critical; nobody has acknowledged 1 of them.');
    expect(drawn.blocks).toHaveLength(1);
  });

  it('is a message also where all names are as long as they can be', () => {
    const long = '&'.repeat(128);
    const record = {
      requestParameters: { userName: long, groupName: long },
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::111122223333:assumed-role/${long}/${long}`,
        sessionContext: { sessionIssuer: { userName: long } },
      },
    };
    const alert = alertWith({ assignee: { to: 'U0BEN', by, at: RAISED } }, record);
    const url = `https://x.slack.com/archives/C1/p1`;
    expect(checkBlocks(stillOpen(about, Array(10).fill(alert), () => url).blocks, 'message')).toEqual([]);
  });

  it('keeps to what Slack takes, whatever the names', () => {
    fc.assert(
      fc.property(nasty, nasty, fc.constantFrom(...SEVERITIES), (user, group, severity) => {
        const alert = alertWith(
          { severity },
          {
            requestParameters: { userName: user, groupName: group },
            userIdentity: { type: 'IAMUser', userName: user },
          },
        );
        const drawn = stillOpen(about, Array(10).fill(alert), () => undefined);
        expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
        for (const { verbatim, text } of markupOf(drawn.blocks)) {
          expect(verbatim).toBe(true);
          expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
