import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Schedule, schedule, scheduleEach } from '../../src/polling/schedule.ts';

const START = Date.UTC(2026, 10, 24, 12, 0, 0, 300);
const HOUR = 3_600_000;

let turns: number;
let running: Schedule;
beforeEach(() => {
  vi.useFakeTimers({ now: START });
  turns = 0;
});
afterEach(async () => {
  await running.stop();
  vi.useRealTimers();
});

const begin = (expression: string, turn: () => Promise<void> = async () => undefined): void => {
  running = schedule(expression, () => {
    turns++;
    return turn();
  });
};

/** So much time goes by, and with it the clock. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe('a schedule', () => {
  it('has a turn at once, and then at every match of its expression', async () => {
    begin('*/15 * * * * *');
    expect(turns).toBe(1);
    await pass(14);
    expect(turns).toBe(1);
    await pass(1);
    expect(turns).toBe(2);
    await pass(45);
    expect(turns).toBe(5);
  });

  it('leaves turns out while one is under way', async () => {
    let end: () => void = () => undefined;
    begin('* * * * * *', () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      end = resolve;
      return promise;
    });
    await pass(10);
    expect(turns).toBe(1);
    end();
    await pass(1);
    expect(turns).toBe(2);
    end();
  });

  it.each([-3 * HOUR, 3 * HOUR])('goes on when the clock is set by %i ms', async (ms) => {
    begin('* * * * * *');
    await pass(5);
    expect(turns).toBe(6);
    vi.setSystemTime(Date.now() + ms);
    await pass(5);
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(turns).toBeLessThanOrEqual(12);
  });

  it('has no turn after its end', async () => {
    begin('* * * * * *');
    await running.stop();
    await pass(5);
    expect(turns).toBe(1);
  });

  it('holds up no turn by another that takes long, and asks each time which there are', async () => {
    const counts = { quick: 0, slow: 0, late: 0 };
    const ended: string[] = [];
    const quick = async (): Promise<void> => {
      counts.quick += 1;
    };
    const slow = (signal: AbortSignal): Promise<void> => {
      counts.slow += 1;
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          ended.push('slow');
          resolve();
        }),
      );
    };
    const late = async (): Promise<void> => {
      counts.late += 1;
    };
    let turns = [quick, slow];
    running = scheduleEach('* * * * * *', () => turns);
    expect(counts).toEqual({ quick: 1, slow: 1, late: 0 });
    turns = [slow, late];
    await pass(3);
    expect(counts.late).toBeGreaterThan(1);
    expect(counts).toMatchObject({ quick: 1, slow: 1 });
    await running.stop();
    expect(ended).toEqual(['slow']);
  });
});
