import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { replayer } from '../../src/cli/replay-run.ts';
import { PLAIN } from '../support/program.ts';
import { addUserToGroup } from '../support/records.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'groupwatch-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const other = { eventSource: 's3.amazonaws.com', eventName: 'PutObject', eventTime: '2026-11-24T03:27:23Z' };
const refused = addUserToGroup({ eventID: 'refused', errorCode: 'AccessDenied', requestParameters: null });
const records = [
  other,
  addUserToGroup(),
  refused,
  addUserToGroup({ eventID: 'two', requestParameters: { userName: 'zoë {"x"} \\ [', groupName: '✓' } }),
];

const SHAPES: Record<string, string> = {
  Records: JSON.stringify({ Records: records }),
  'Records, indented': JSON.stringify({ Records: records }, null, 2),
  'an array': JSON.stringify(records),
  NDJSON: records.map((record) => JSON.stringify(record)).join('\n'),
  'NDJSON with CRLF, blank lines and a BOM': `\uFEFF${records.map((record) => JSON.stringify(record)).join('\r\n\r\n')}\r\n`,
  'LookupEvents output': JSON.stringify({
    Events: records.map((record) => ({ EventId: '1', CloudTrailEvent: JSON.stringify(record) })),
  }),
  'values one after the other': records.map((record) => JSON.stringify(record, null, 1)).join(' '),
};

const good = (name: string): string =>
  JSON.stringify(addUserToGroup({ eventID: name, requestParameters: { userName: name, groupName: 'g' } }));
const cut = good('cut').slice(0, 200);

/** What is broken in a file, and how much of it nobody can read; the users `a` and `b` must come out all the same. */
const BROKEN: Record<string, [text: string, unreadable: number]> = {
  'a first line that is cut off': [[cut, good('a'), good('b')].join('\n'), 1],
  'first lines of something else': [['# exported', 'today', good('a'), good('b')].join('\n'), 2],
  'a line in between that is cut off': [[good('a'), cut, good('b')].join('\n'), 1],
  'a last line that is cut off': [[good('a'), good('b'), cut].join('\n'), 1],
  'things that are no records in an array': [`[null, ${good('a')}, "x y", 7, [], ${good('b')}, true]`, 5],
  'a record of an array that is cut off': [`{"Records":[\n${[good('a'), cut, good('b')].join(',\n')}\n]}`, 1],
  'a record of an array that is no JSON': [`{"Records":[${[good('a'), '{a: 1}', good('b')].join()}]}`, 1],
  'words between values': [`${good('a')} and then ${good('b')}`, 1],
};

async function inPieces(text: string, size: number) {
  const out: Record<string, unknown>[] = [];
  const bytes = Buffer.from(text);
  const run = replayer({ alert: (line) => out.push(JSON.parse(line)), unreadable: () => undefined });
  await run.run(
    (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );
  return { out, counts: run.counts };
}

describe.each(Object.entries(SHAPES))('replay reads %s', (_, text) => {
  it.each([1, 7, 64, 1_000_000])('in pieces of %i bytes', async (size) => {
    const { out, counts } = await inPieces(text, size);
    expect(counts).toEqual({ records: 4, matched: 2, refused: 1, unreadable: 0 });
    expect(out.map(({ user, group }) => [user, group])).toEqual([
      ['bob', 'admins'],
      ['zoë {"x"} \\ [', '✓'],
    ]);
  });
});

describe.each(Object.entries(BROKEN))('replay survives %s', (_, [text, unreadable]) => {
  it.each([1, 7, 64, 1_000_000])('in pieces of %i bytes', async (size) => {
    const { out, counts } = await inPieces(text, size);
    expect(out.map(({ user }) => user)).toEqual(['a', 'b']);
    expect(counts).toEqual({ records: 2 + unreadable, matched: 2, refused: 0, unreadable });
  });
});

it('does not hold a line that is no record, however long it is', async () => {
  const long = `{"x":"${'y'.repeat(11_000_000)}"}`;
  const { out, counts } = await inPieces([good('a'), long, good('b')].join('\n'), 1_000_000);
  expect(out.map(({ user }) => user)).toEqual(['a', 'b']);
  expect(counts.unreadable).toBe(1);
});

function replay(args: string[], input?: string | Buffer) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/cli/replay.ts', ...args], {
    cwd: root,
    env: PLAIN,
    input,
  });
  return { out: stdout.toString(), err: stderr.toString(), status };
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('npm run replay', () => {
  it('prints one line an alert with exactly its keys, and a summary', () => {
    const { out, err, status } = replay([file('one.json', JSON.stringify(addUserToGroup(), null, 2))]);
    expect(JSON.parse(out)).toEqual({
      eventKey: 'ba779bda-0000-4000-8501-000000000001',
      eventId: 'ba779bda-0000-4000-8501-000000000001',
      account: '111122223333',
      eventTime: '2026-11-24T03:27:23.000Z',
      actorType: 'AssumedRole',
      actor: 'Admin',
      user: 'bob',
      group: 'admins',
      sourceIp: '198.51.100.7',
      userAgent: 'aws-cli/2.17.0',
      severity: 'low',
      riskScore: 21,
    });
    expect(err).toBe('records 1, matched 1, refused 0, unreadable 0\n');
    expect(status).toBe(0);
  });

  it('reads gzip from standard input, and an event that comes twice once', () => {
    const zipped = gzipSync(JSON.stringify({ Records: [...records, ...records] }));
    const { out, err, status } = replay(['-'], zipped);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(err).toContain('records 8, matched 2, refused 2, unreadable 0');
    expect(status).toBe(0);
  });

  it('says where something is unreadable, and everything else still comes out', () => {
    const lines = [JSON.stringify(records[1]), '{"broken', JSON.stringify(records[3])];
    const { out, err, status } = replay([file('broken.ndjson', lines.join('\n'))]);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(err).toContain(`byte ${Buffer.byteLength(lines[0] ?? '') + 1}: it is not JSON`);
    expect(status).toBe(3);
  });

  it('counts what a cut-off file or archive lost', () => {
    const whole = JSON.stringify({ Records: records });
    expect(replay([file('cut.json', whole.slice(0, -80))])).toMatchObject({ status: 3 });
    const zipped = gzipSync(whole);
    expect(replay([file('cut.gz', zipped.subarray(0, zipped.length - 12))])).toMatchObject({ status: 3 });
  });

  it('goes on after a file that cannot be opened, and says which', () => {
    const good = file('good.json', JSON.stringify(addUserToGroup()));
    const { out, err, status } = replay([join(folder, 'absent.json'), good]);
    expect(err).toContain("absent.json can't be opened (ENOENT)");
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
    expect(replay([]).status).toBe(2);
  });

  it('reads a file of any size in one line within 300 MB of memory', () => {
    const one = JSON.stringify(addUserToGroup({ userAgent: 'x'.repeat(900) }));
    const big = `{"Records":[${`${one},`.repeat(80_000)}${one}]}`;
    const path = file('big.json', big);
    const watched = `await import('./src/cli/replay.ts'); console.error('peak', process.resourceUsage().maxRSS)`;
    const { stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', watched, '--', 'replay', path],
      {
        cwd: root,
        maxBuffer: 1e8,
      },
    );
    const text = stderr.toString();
    expect(text).toContain('unreadable 0');
    expect(Number(/peak (\d+)/.exec(text)?.[1])).toBeLessThan(300_000);
  });
});
