import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { configure, SETTING_NAMES } from '../src/config.ts';
import { readConfigFile } from '../src/config-file.ts';
import { nasty } from './support/markup.ts';
import { mutated } from './support/mutated.ts';

const ENOUGH = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', ALERT_CHANNEL: 'C0ALERTS' };
const GOOD = `accounts:
  - id: "111122223333"
    name: production
    roleArn: arn:aws:iam::111122223333:role/groupwatch/groupwatch-reader
    externalId: gw-7f3a
    regions: [eu-central-1]
    channel: C0PROD
    owners: [U0ANA, S0PROD]
routes:
  - severities: [critical]
    channel: C0URGENT
`;

const strange = fc.oneof(
  nasty,
  fc.string(),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'NaN',
    'true',
    ',',
    '* * * * *',
    'file:',
    'postgres://',
    'C0',
    '{}',
  ),
);

describe('whatever stands in the settings', () => {
  it('is taken, or refused with sentences that name what to mend; nothing throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...SETTING_NAMES), strange), (variables) => {
        const configuration = configure({ ...ENOUGH, ...variables }, () => GOOD);
        if (configuration.ok) return;
        expect(configuration.problems.length).toBeGreaterThan(0);
        for (const problem of configuration.problems)
          expect(SETTING_NAMES.filter((name) => problem.includes(name))).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not come back in a sentence when it is a secret', () => {
    const secret = fc
      .string({ minLength: 12, unit: 'grapheme-ascii' })
      .filter((text) => !/^\s|\s$/.test(text));
    fc.assert(
      fc.property(
        fc.constantFrom('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'),
        secret,
        (name, text) => {
          const configuration = configure({ ...ENOUGH, [name]: text });
          expect(configuration.ok ? '' : configuration.problems.join()).not.toContain(text);
        },
      ),
    );
  });
});

describe('whatever stands in a configuration file', () => {
  it('is read, or refused with sentences; nothing throws', () => {
    const text = fc.oneof(
      nasty,
      fc.string(),
      fc.json(),
      mutated(parse(GOOD)).map((value) => stringify(value)),
    );
    fc.assert(
      fc.property(text, (file) => {
        const read = readConfigFile(file);
        expect(read.ok || read.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
