import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/alert.ts';
import { digestFile } from '../../../src/slack/files/digest-file.ts';
import { digestCard } from '../../../src/slack/views/digest.ts';
import { checkMessage } from '../../../src/standins/slack/block-kit.ts';
import { alertWith } from '../../support/alerts.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const DIGEST = { id: 'DG-8K2M4PXQ7ABC', at: Date.UTC(2026, 10, 24, 4, 5) };

function addition(n: number, different: Partial<Alert> = {}): Alert {
  return alertWith(
    { id: `GW-${String(n).padStart(12, '0')}`, ...different },
    {
      eventID: `e-${n}`,
      requestParameters: { userName: `user-${n}`, groupName: n % 3 === 0 ? 'admins' : 'readers' },
    },
  );
}

const SAMPLE = [
  addition(1),
  addition(2),
  addition(3, { severity: 'critical', riskScore: 76 }),
  addition(4, { handling: { is: 'acknowledged', by: 'U0ANA', at: DIGEST.at } }),
  alertWith({ id: 'GW-000000000005', cause: { is: 'unreadable', why: 'it is not JSON' } }),
];

describe('a digest', () => {
  it('tells who, how many, how grave, and the riskiest by name', async () => {
    const drawn = digestCard(DIGEST, SAMPLE, { version: 1 });
    expect(checkMessage(drawn)).toEqual([]);
    await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot('__snapshots__/digest.json');
  });

  it('keeps to the limits of Slack with thousands of long and hostile names', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const requestParameters = { userName: text.repeat(3), groupName: text };
        const one = alertWith({}, { requestParameters, userIdentity: { type: 'IAMUser', userName: text } });
        const drawn = digestCard(DIGEST, Array(2_000).fill(one), { version: 1 });
        expect(checkMessage(drawn)).toEqual([]);
        for (const { verbatim, text: said } of markupOf(drawn)) {
          expect(verbatim).toBe(true);
          expect(String(said).replace(TAGS, '')).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says so when its alerts are not kept any more', () => {
    expect(digestCard(DIGEST, [], { version: 1 }).text).toContain('not kept any more');
  });

  it('has a file that names every alert, and holds no formula', () => {
    const evil = alertWith({}, { requestParameters: { userName: '=cmd|1', groupName: 'a,"b"' } });
    const { file } = digestFile(DIGEST, [...SAMPLE, evil]);
    const lines = Buffer.from(file?.bytes ?? [])
      .toString('utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(1 + SAMPLE.length + 1);
    expect(lines.join('\n')).toContain(`'=cmd|1,"a,""b"""`);
    for (const { id } of SAMPLE) expect(lines.join('\n')).toContain(id);
    expect(file?.title).toContain(DIGEST.id);
  });
});
