import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditRow,
  canonical,
  exportLine,
  factsText,
  GENESIS,
  hashOf,
} from '../../../src/storage/audit/chain.ts';

const ROW: AuditRow = {
  sequence: 1,
  at: 1_795_492_800_000,
  alert_id: 'GW-23456789ABCD',
  response_id: null,
  by: 'U0ANA',
  by_name: 'Zoë "ana"',
  by_team: 'T0HOME',
  what: 'acknowledge',
  from_state: 'open',
  to_state: 'acknowledged',
  facts: '{"a":1}',
  request_key: 'U0ANA:1.2',
  previous_hash: GENESIS,
  hash: '',
};

describe('the canonical text', () => {
  it('is this, for ever: another one would break every chain there is', () => {
    expect(canonical(ROW)).toBe(
      `{"sequence":1,"at":1795492800000,"alertId":"GW-23456789ABCD","responseId":null,"by":"U0ANA","byName":"Zoë \\"ana\\"","byTeam":"T0HOME","what":"acknowledge","from":"open","to":"acknowledged","facts":{"a":1},"key":"U0ANA:1.2","previousHash":"${GENESIS}"}`,
    );
    expect(hashOf(ROW)).toBe(createHash('sha256').update(canonical(ROW), 'utf8').digest('hex'));
  });

  it('is the exported line without its hash', () => {
    const line = exportLine({ ...ROW, hash: hashOf(ROW) });
    expect(JSON.parse(line)).toMatchObject({ sequence: 1, facts: { a: 1 }, hash: hashOf(ROW) });
    expect(line.replace(/,"hash":"[0-9a-f]{64}"}$/, '}')).toBe(canonical(ROW));
  });

  it('differs for rows that differ in anything, whatever somebody wrote into them', () => {
    const nasty = fc.oneof(
      fc.constantFrom('', 'null', '{}', '[]', '"', '1', '{"a":1}', ' {"a":1}', '{},"key":"x"', '"{}"'),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.option(nasty, { nil: null });
    const row = fc.record({
      sequence: fc.integer(),
      at: fc.integer(),
      alert_id: value,
      response_id: value,
      by: value,
      by_name: value,
      by_team: value,
      what: nasty,
      from_state: value,
      to_state: value,
      facts: nasty,
      request_key: value,
      previous_hash: nasty,
    });
    fc.assert(
      fc.property(row, row, fc.constantFrom(...Object.keys(ROW)), (one, other, column) => {
        const changed = { ...one, [column]: Reflect.get(other, column) };
        expect(canonical(one) === canonical(changed)).toBe(JSON.stringify(one) === JSON.stringify(changed));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('facts', () => {
  it('have one text, however they were put together', () => {
    expect(factsText({ b: [{ y: 1, x: undefined, w: [undefined, null] }], a: 'ü\0' })).toBe(
      '{"a":"ü\\u0000","b":[{"w":[null,null],"y":1}]}',
    );
  });

  it('come back as JSON has them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (facts) => {
        expect(JSON.stringify(JSON.parse(factsText(facts)))).toHaveLength(JSON.stringify(facts).length);
        expect(JSON.parse(factsText(facts))).toEqual(JSON.parse(JSON.stringify(facts)));
      }),
    );
  });
});
