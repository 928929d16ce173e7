import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Tally, wrongIn } from '../src/demo/tally.ts';
import { PLAIN } from './support/program.ts';

const RIGHT: Tally = {
  additions: 13,
  alerts: 13,
  cards: 13,
  lost: 0,
  duplicates: 0,
  refusedClicks: 3,
  answers: 13,
  contained: 1,
  restored: 1,
  selfApprovals: 0,
  exempted: 1,
};

describe('the story that plays by itself', () => {
  let child: ChildProcess;
  let told = '';
  let wrong = '';
  let status: number | null;
  beforeAll(async () => {
    child = spawn(process.execPath, ['src/demo.ts', '--script'], {
      cwd: resolve(import.meta.dirname, '..'),
      env: PLAIN,
    });
    child.stdout?.on('data', (data) => {
      told += data;
    });
    child.stderr?.on('data', (data) => {
      wrong += data;
    });
    status = await new Promise((done) => child.once('close', done));
  }, 120_000);
  afterAll(() => child.kill('SIGKILL'));

  const inOrder = (...lines: RegExp[]): void => {
    let from = 0;
    for (const line of lines) {
      const found = new RegExp(line, 'gm');
      found.lastIndex = from;
      expect(found.test(told), `${line} in ${told.slice(from)}`).toBe(true);
      from = found.lastIndex;
    }
  };

  it('ends well, with one line of figures, and no other trouble', () => {
    expect(wrong).toBe('');
    expect(JSON.parse(told.trimEnd().split('\n').at(-1) ?? '')).toEqual(RIGHT);
    expect(status).toBe(0);
  });

  it('tells administrators from readers, and knows a self-addition', () => {
    inOrder(
      /#alerts {2}Critical: mallory added mallory to the group admins/,
      /\+55 The group gives administrator rights: .*\* on \* by AdministratorAccess/,
      /\+26 The actor added itself/,
    );
    inOrder(/#alerts {2}Low: .* added frank to the group auditors/, /Risk 21 of 100, .* Nothing found/);
  });

  it('knows a chain and a mass addition, in which everybody stays visible', () => {
    inOrder(
      /#alerts {2}Critical: trudy added trudy to the group ops-/,
      /\+20 The group was made or given a policy shortly before: AttachGroupPolicy .*, CreateGroup /,
    );
    inOrder(/added ada to the group developers/, /\+15 Many additions at once: 5 additions by this actor/);
    for (const user of ['ada', 'alan', 'barbara', 'edsger', 'grace']) {
      inOrder(new RegExp(`added ${user} to the group developers`), /🔗 4 more additions by this actor/);
      expect(told.match(new RegExp(`🔗.*\\b${user} GW-`, 'g'))).toHaveLength(4);
    }
  });

  it('answers steps of the guide, contains the intruder and takes it back', () => {
    expect(told.match(/^ {2}guide {4}[A-Z]/gm)).toHaveLength(13);
    inOrder(/key can delete buckets: true/, /buckets: false/, /buckets: true; what differs from before/);
  });

  it('asks the actor, whose No raises a low alert and calls the responders', () => {
    inOrder(
      /\(to Cleo\) {2}Was that you\?/,
      /@Cleo, asked as the actor, answers No: .* from 21 to 51, low → high\. @Ana @Ben please look/,
      /#alerts {2}High: .* added frank/,
    );
  });

  it('exempts known behaviour with a preview; it holds, is counted, and ends by the clock', () => {
    inOrder(
      /\(preview\) {2}It would have hidden 1 of the alerts of the last 90 days/,
      /\(preview\) {2}• .* added deployer to the group ci .* GW-/,
      /\(only Ana\) {2}until .* 1 hit/,
      /ci-deploy added deployer-2 to ci/,
      /#alerts {2}⏳ The exception EX-\w+ ends/,
      /is over: such additions raise alerts again/,
      /#alerts {2}Medium: .* added deployer-3 to the group ci/,
    );
    expect(told).not.toMatch(/#alerts .*deployer-2/);
  });
});

describe('what came of it', () => {
  it('is right as it is', () => expect(wrongIn(RIGHT)).toEqual([]));

  it.each(Object.entries(RIGHT))('is wrong by its %s alone, and says so', (name, value) => {
    expect(wrongIn({ ...RIGHT, [name]: value + 1 })).toEqual([
      `${name} is ${value + 1} and must be ${value}.`,
    ]);
    expect(wrongIn({ ...RIGHT, [name]: Number.NaN })).toHaveLength(1);
  });
});
