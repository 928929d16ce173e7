import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGE_FIGURES } from '../browser/figures.ts';
import { MEASURES } from './measures.ts';

const results = readFileSync(join(import.meta.dirname, 'RESULTS.md'), 'utf8');

describe('RESULTS.md', () => {
  it('has a row for each figure that can be measured, and for no other', () => {
    const rows = [...results.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name);
    const figures = [...Object.values(MEASURES).flatMap((measure) => measure.figures), ...PAGE_FIGURES];
    expect(rows.toSorted()).toEqual(figures.toSorted());
  });
});

describe('npm run bench', () => {
  it('says what it can measure when it is asked for something else', () => {
    const script = resolve(import.meta.dirname, 'run.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'replay', 'weather'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(Object.keys(MEASURES).join(', '));
  });
});
