import { describe, expect, it } from 'vitest';
import { pacer } from '../../../src/slack/board/pace.ts';

describe('the pace of sending', () => {
  const start = () => {
    let now = 5_000;
    const pace = pacer({ postEveryMs: 1_000, updateEveryMs: 1_500, elapsed: () => now });
    return { pace, pass: (ms: number) => (now += ms) };
  };

  it('gives each channel one post a second, apart from the others', () => {
    const { pace, pass } = start();
    expect(pace.shut()).toEqual({ posts: [], updates: false, forMs: Number.POSITIVE_INFINITY });
    pace.posted('C1');
    pass(400);
    pace.posted('C2');
    expect(pace.shut()).toEqual({ posts: ['C1', 'C2'], updates: false, forMs: 600 });
    pass(600);
    expect(pace.shut()).toMatchObject({ posts: ['C2'], forMs: 400 });
  });

  it('never lets more than fifty updates out in a minute, and ten at once', () => {
    const { pace, pass } = start();
    const sent: number[] = [];
    for (let at = 0; at < 180_000; at += 100) {
      while (!pace.shut().updates) {
        pace.updated();
        sent.push(at);
      }
      pass(100);
    }
    expect(sent.filter((at) => at === 0)).toHaveLength(10);
    for (const from of sent) {
      expect(sent.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(50);
    }
    expect(sent.length).toBeGreaterThan(110);
  });

  it('holds one channel for as long as Slack says, and no other', () => {
    const { pace, pass } = start();
    pace.pausePosts('C1', 30_000);
    pace.posted('C1');
    expect(pace.shut()).toMatchObject({ posts: ['C1'], updates: false, forMs: 30_000 });
    pass(30_000);
    expect(pace.shut().posts).toEqual([]);
  });

  it('holds updates for as long as Slack says, and no posts', () => {
    const { pace, pass } = start();
    pace.pauseUpdates(7_000);
    expect(pace.shut()).toEqual({ posts: [], updates: true, forMs: 7_000 });
    pass(7_000);
    expect(pace.shut().updates).toBe(false);
  });
});
