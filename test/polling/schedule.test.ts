import { expect, it, vi } from 'vitest';
import { scheduleEach } from '../../src/polling/schedule.ts';

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
  const schedule = scheduleEach('* * * * * *', () => turns);
  expect(counts).toEqual({ quick: 1, slow: 1, late: 0 });
  turns = [slow, late];
  await vi.waitFor(() => expect(counts.late).toBeGreaterThan(1), { timeout: 10_000 });
  expect(counts).toMatchObject({ quick: 1, slow: 1 });
  await schedule.stop();
  expect(ended).toEqual(['slow']);
});
